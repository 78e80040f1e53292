// SPDX-License-Identifier: Apache-2.0
package com.example.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.bookings.Bookings.Booking;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application on a real broker, which {@code @WithKafka} starts in this JVM. */
@WithKafka
class BookingsTest {

    @Test
    void aBookingArrivesAndIsCounted(LocalBroker broker, TestTopics topics) {
        Receipt receipt;
        try (ConfigurableApplicationContext application =
                SpringApplication.run(Bookings.class, "--kurier.bootstrap.servers=" + broker.bootstrapServers())) {
            receipt = application.getBean(Desk.class).take(new Booking("12", "Ada")).join();
            application.getBean(Publisher.class).flush().join();

            assertThat(application
                            .getBean("kurierHealthContributor", HealthIndicator.class)
                            .health()
                            .getStatus())
                    .isEqualTo(Status.UP);
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("kurier.publish")
                            .tag("topic", "bookings")
                            .timer()
                            .count())
                    .isOne();
        }

        assertThat(topics.readAll("bookings", new TextDeserializer(), new JsonDeserializer<>(Booking.class)))
                .filteredOn(stored -> stored.partition() == receipt.partition() && stored.offset() == receipt.offset())
                .extracting(ConsumerRecord::value)
                .containsExactly(new Booking("12", "Ada"));
    }
}
