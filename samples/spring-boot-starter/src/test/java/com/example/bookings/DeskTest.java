// SPDX-License-Identifier: Apache-2.0
package com.example.bookings;

import static com.example.bookings.Bookings.BOOKINGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.bookings.Bookings.Booking;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.FakeKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The whole application without a broker: a bean replaces Kafka. */
// region fake
@SpringBootTest
class DeskTest {
    @TestConfiguration(proxyBeanMethods = false)
    static class WithoutBroker {
        @Bean
        FakeKafka kafka() {
            return new FakeKafka();
        }
    }

    @Test
    void aBookingIsStoredUnderItsRoom(@Autowired Desk desk, @Autowired FakeKafka kafka) {
        desk.take(new Booking("12", "Ada")).join();

        assertThat(kafka.records(BOOKINGS, new TextDeserializer(), new JsonDeserializer<>(Booking.class)))
                .filteredOn(stored -> stored.key().equals("12"))
                .extracting(ConsumerRecord::value)
                .containsExactly(new Booking("12", "Ada"));
    }

    @Test
    void isOutOfServiceWithoutAConnection(
            @Autowired FakeKafka kafka, @Autowired HealthIndicator kurierHealthContributor) {
        kafka.topic(BOOKINGS).disconnect();
        assertThat(kurierHealthContributor.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);

        kafka.topic(BOOKINGS).reconnect();
        assertThat(kurierHealthContributor.health().getStatus()).isEqualTo(Status.UP);
    }
}
// endregion
