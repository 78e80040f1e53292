// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins in each partition.
 *
 * @param kind what the number is
 * @param number an offset, or milliseconds since the epoch; 0 for the others
 */
public record StartPosition(Kind kind, long number) {
    /** The first record that still exists. */
    public static final StartPosition EARLIEST = new StartPosition(Kind.EARLIEST, 0);

    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
    private static final String OFFSET = "offset:";

    /** A smaller number is an offset, since these milliseconds are a day in 2001. */
    private static final long LEAST_MILLIS = 1_000_000_000_000L;

    /** What the number of a position is. */
    public enum Kind {
        /** No number: the first record. */
        EARLIEST,
        /** No number: the end at the start of reading. */
        LATEST,
        /** An offset, the same in each partition. */
        OFFSET,
        /** Milliseconds since the epoch; the first record with that timestamp or a later one. */
        TIMESTAMP
    }

    /**
     * Parses what a user has written.
     *
     * @throws IllegalArgumentException if it is none of the forms; the message names them
     */
    public static StartPosition parse(String text) {
        if (text.equals("earliest") || text.equals("latest")) {
            return new StartPosition(text.equals("earliest") ? Kind.EARLIEST : Kind.LATEST, 0);
        }
        String digits = text.startsWith(OFFSET) ? text.substring(OFFSET.length()) : text;
        if (DIGITS.matcher(digits).matches()) {
            long number = Long.parseLong(digits);
            boolean isOffset = text.startsWith(OFFSET) || number < LEAST_MILLIS;
            return new StartPosition(isOffset ? Kind.OFFSET : Kind.TIMESTAMP, number);
        }
        return new StartPosition(Kind.TIMESTAMP, millis(text));
    }

    private static long millis(String text) {
        try {
            return instant(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "it is none of earliest, latest, an offset, and a time such as 2026-11-22T10:15:30Z, 2026-11-22 (in"
                            + " UTC) or 1795342530000 (milliseconds)",
                    e);
        }
    }

    private static Instant instant(String text) {
        TemporalAccessor time = text.contains("T")
                ? DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from)
                : LocalDate.parse(text).atStartOfDay();
        return time instanceof OffsetDateTime offset
                ? offset.toInstant()
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }

    /** Returns the offset at which to begin in each partition, from its first record to its end. */
    Map<TopicPartition, Long> in(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(ends.keySet());
        Map<TopicPartition, OffsetAndTimestamp> times = new HashMap<>();
        if (kind == Kind.TIMESTAMP) {
            Map<TopicPartition, Long> wanted = new HashMap<>();
            ends.keySet().forEach(partition -> wanted.put(partition, number));
            times.putAll(consumer.offsetsForTimes(wanted));
        }
        Map<TopicPartition, Long> starts = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp time = times.get(partition);
            long wanted = switch (kind) {
                case EARLIEST -> 0;
                case LATEST -> end;
                case OFFSET -> number;
                case TIMESTAMP -> time == null ? end : time.offset();
            };
            starts.put(partition, Math.max(begins.getOrDefault(partition, 0L), Math.min(wanted, end)));
        });
        return starts;
    }
}
