// SPDX-License-Identifier: Apache-2.0
package com.example.bookings;

import static com.example.bookings.Bookings.BOOKINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.bookings.Bookings.Booking;
import io.kurier.Publisher;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.FakeKafka;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** No broker and no Spring: the real publisher on a fake Kafka. */
class DeskTest {

    @Test
    void aBookingIsStoredUnderItsRoom() {
        FakeKafka kafka = new FakeKafka();
        try (Publisher publisher = kafka.start(Map.of("topics.bookings.value.serializer", "json"), BOOKINGS)) {
            new Desk(publisher).take(new Booking("12", "Ada")).join();
        }

        ConsumerRecord<String, Booking> stored = kafka.records(
                        BOOKINGS, new TextDeserializer(), new JsonDeserializer<>(Booking.class))
                .get(0);
        assertEquals("12", stored.key());
        assertEquals(new Booking("12", "Ada"), stored.value());
    }
}
