// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record with a property of most kinds. */
record Order(
        UUID id,
        BigDecimal total,
        double weight,
        Instant placed,
        OffsetDateTime local,
        LocalDate due,
        Duration patience,
        Optional<String> note,
        @Nullable String coupon,
        List<Item> items,
        Map<String, Long> stock,
        State state) {

    enum State {
        OPEN,
        PAID
    }

    record Item(String sku, int count) {}

    static Order sample() {
        return new Order(
                UUID.fromString("00000000-0000-0000-0000-00000000002a"),
                new BigDecimal("12345678901234567890.120"),
                0.1,
                Instant.parse("2026-11-22T10:15:30.123456789Z"),
                OffsetDateTime.parse("2026-11-22T10:15:30+05:30"),
                LocalDate.parse("2026-12-24"),
                Duration.ofMillis(1_500),
                Optional.of("leave it with Łukasz 👩‍🚀"),
                null,
                List.of(new Item("a", 1), new Item("b", 2)),
                Map.of("a", Long.MAX_VALUE),
                State.PAID);
    }
}
