// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.cli.top.TopSample.TopicCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopRatesTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void dividesTheDifferenceByTheTime() {
        TopRow row =
                only(sample(0, counts("orders", 100.0, 1_000.0)), sample(2 * SECOND, counts("orders", 150.0, 5_000.0)));
        assertThat(row.recordsPerSecond()).isEqualTo(25.0);
        assertThat(row.bytesPerSecond()).isEqualTo(2_000.0);
    }

    @Test
    void knowsNoRateOfATopicThatIsNewOrCountsFromZeroAgain() {
        TopRow isNew = only(sample(0), sample(SECOND, counts("orders", 1.0, 1.0)));
        assertThat(isNew.recordsPerSecond()).isNull();
        TopRow again = only(sample(0, counts("orders", 100.0, 1.0)), sample(SECOND, counts("orders", 99.0, 2.0)));
        assertThat(again.recordsPerSecond()).isNull();
        assertThat(again.bytesPerSecond()).isEqualTo(1.0);
    }

    @Test
    void knowsNoRateOfWhatTheSourceDoesNotHave() {
        TopRow row = only(sample(0, counts("orders", null, 1.0)), sample(SECOND, counts("orders", 1.0, null)));
        assertThat(row.recordsPerSecond()).isNull();
        assertThat(row.bytesPerSecond()).isNull();
    }

    private static TopRow only(TopSample earlier, TopSample later) {
        List<TopRow> rows = TopRates.of(earlier, later);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static TopSample sample(long nanos, TopicCounts... topics) {
        return new TopSample(nanos, List.of(topics), List.of(), List.of());
    }

    private static TopicCounts counts(String topic, @Nullable Double records, @Nullable Double bytes) {
        return new TopicCounts(topic, "shop", records, bytes, null, null, null, null, null, null);
    }
}
