// SPDX-License-Identifier: Apache-2.0
package com.example.bookings;

import static com.example.bookings.Bookings.BOOKINGS;

import com.example.bookings.Bookings.Booking;
import io.kurier.Publisher;
import io.kurier.Receipt;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Accepts bookings, and publishes each with its room as key, so that those of one room stay in order. */
// region desk
@Component
public class Desk {
    private final Publisher publisher;

    Desk(Publisher publisher) {
        this.publisher = publisher;
    }

    /** Publishes a booking; the future returns where it is stored, or fails with the reason why it is not. */
    public CompletableFuture<Receipt> take(Booking booking) {
        return publisher.publish(BOOKINGS, booking.room(), booking);
    }
}
// endregion
