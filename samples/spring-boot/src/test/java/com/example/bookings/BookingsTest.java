// SPDX-License-Identifier: Apache-2.0
package com.example.bookings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.bookings.Bookings.Booking;
import io.kurier.Receipt;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application on a real broker, which {@code @WithKafka} starts in this JVM. */
@WithKafka
class BookingsTest {

    @Test
    void aBookingArrives(LocalBroker broker, TestTopics topics) {
        Receipt receipt;
        try (ConfigurableApplicationContext application =
                SpringApplication.run(Bookings.class, "--bookings.bootstrap=" + broker.bootstrapServers())) {
            receipt = application.getBean(Desk.class).take(new Booking("12", "Ada")).join();
        }

        ConsumerRecord<String, Booking> stored = topics.readAll(
                        "bookings", new TextDeserializer(), new JsonDeserializer<>(Booking.class))
                .get((int) receipt.offset());
        assertEquals("12", stored.key());
        assertEquals(new Booking("12", "Ada"), stored.value());
    }
}
