// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.top;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Computes rates from two samples. */
public final class TopRates {
    private TopRates() {}

    /**
     * Returns the topics of the later sample with their rates. A rate is not known for a topic that is new, or whose
     * count has become smaller: its publisher has started again, or a broker has deleted old segments.
     */
    public static List<TopRow> of(TopSample earlier, TopSample later) {
        double seconds = seconds(earlier, later);
        return later.topics().stream()
                .map(now -> row(before(earlier, now), now, seconds))
                .toList();
    }

    /** Returns the time between two samples in seconds. */
    public static double seconds(TopSample earlier, TopSample later) {
        return (later.nanos() - earlier.nanos()) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static TopSample.@Nullable TopicCounts before(TopSample earlier, TopSample.TopicCounts now) {
        return earlier.topics().stream().filter(now::isSameAs).findFirst().orElse(null);
    }

    private static TopRow row(TopSample.@Nullable TopicCounts before, TopSample.TopicCounts now, double seconds) {
        return new TopRow(
                now,
                rate(before == null ? null : before.records(), now.records(), seconds),
                rate(before == null ? null : before.bytes(), now.bytes(), seconds));
    }

    private static @Nullable Double rate(@Nullable Double before, @Nullable Double now, double seconds) {
        return before == null || now == null || now < before || seconds <= 0
                ? null
                : (Double) ((now - before) / seconds);
    }
}
