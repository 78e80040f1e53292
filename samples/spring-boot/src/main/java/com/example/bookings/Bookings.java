// SPDX-License-Identifier: Apache-2.0
package com.example.bookings;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application with a publisher among its beans. Spring closes it at the end, which flushes it. */
@SpringBootApplication(proxyBeanMethods = false)
public class Bookings {
    /** A booking of a room by a guest. */
    public record Booking(String room, String guest) {}

    static final Topic<String, Booking> BOOKINGS = Topic.of("bookings", String.class, Booking.class);

    // region publisher-bean
    @Bean
    Publisher publisher(@Value("${bookings.bootstrap:127.0.0.1:9092}") String bootstrap) {
        Map<String, String> config = Map.of(
                "bootstrap.servers", bootstrap,
                "topics.management", "create",
                "topics", "bookings",
                "topics.bookings.value.serializer", "json");
        return Kurier.start(config, BOOKINGS);
    }
    // endregion

    @Bean
    Desk desk(Publisher publisher) {
        return new Desk(publisher);
    }

    public static void main(String[] args) {
        SpringApplication.run(Bookings.class, args);
    }
}
