// SPDX-License-Identifier: Apache-2.0
package com.example.bookings;

import io.kurier.Topic;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application whose publisher comes from the starter. */
@SpringBootApplication(proxyBeanMethods = false)
public class Bookings {
    /** A booking of a room by a guest. */
    public record Booking(String room, String guest) {}

    // region topic-bean
    static final Topic<String, Booking> BOOKINGS = Topic.of("bookings", String.class, Booking.class);

    @Bean
    Topic<String, Booking> bookingsTopic() {
        return BOOKINGS;
    }
    // endregion

    public static void main(String[] args) {
        SpringApplication.run(Bookings.class, args);
    }
}
