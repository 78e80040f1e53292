// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecommendationTest {

    @Test
    void takesTheFastestIfNoOtherIsWithinItsNoise() {
        Measurement fast = measured("throughput", "lz4", 100, 500, 9);
        Recommendation recommended = Recommendation.of(List.of(fast, measured("latency", "none", 90, 100, 1)));
        assertThat(recommended.chosen()).isEqualTo(fast);
        assertThat(recommended.why())
                .containsExactly(
                        "It was the fastest, 100 records/s.",
                        "No other was within that noise.",
                        "Its p99 was 9.0 ms; the lowest, 1.0 ms, was that of latency with no compression.");
    }

    @Test
    void takesTheFewestBytesOfThoseWithinTheNoise() {
        Measurement fewer = measured("balanced", "zstd", 98, 200, 9);
        Recommendation recommended = Recommendation.of(List.of(
                measured("throughput", "none", 100, 500, 8),
                fewer,
                measured("latency", "zstd", 50, 100, 1),
                measured("durable", "zstd", 49, 100, 1)));
        assertThat(recommended.chosen()).isEqualTo(fewer);
        assertThat(recommended.why())
                .containsExactly(
                        "The fastest was throughput with no compression, 100 records/s; this one, 98 records/s, is within"
                                + " the noise of it.",
                        "Of the 2 within that noise it had the fewest bytes on the wire, 200 a record.",
                        "Its p99 was 9.0 ms; the lowest, 1.0 ms, was that of latency with zstd.",
                        "The profile durable, which is for few records that a crash can lose, reached 50 % of its rate.");
    }

    @Test
    void takesTheLowestP99OfThoseWithTheSameBytes() {
        Measurement quick = measured("balanced", "lz4", 99, 202, 5);
        Recommendation recommended = Recommendation.of(List.of(measured("throughput", "lz4", 100, 200, 50), quick));
        assertThat(recommended.chosen()).isEqualTo(quick);
        assertThat(recommended.why())
                .contains("Of the 2 within that noise it had the lowest p99 of those with the fewest bytes on the wire,"
                        + " 202 a record.")
                .contains("Its p99 was 5.0 ms, the lowest.");
    }

    @Test
    void turnsThatDifferMuchAreNoise() {
        Measurement uneven = measurement("balanced", "zstd", new Spread(80, 60, 101), 100, 5);
        assertThat(Recommendation.of(List.of(measured("throughput", "lz4", 100, 200, 5), uneven))
                        .chosen())
                .isEqualTo(uneven);
    }

    @Test
    void doesNotTakeDurableForItsSpeed() {
        Measurement other = measured("latency", "none", 50, 500, 9);
        assertThat(Recommendation.of(List.of(measured("durable", "lz4", 100, 100, 1), other))
                        .chosen())
                .isEqualTo(other);
    }

    @Test
    void theKeysLeaveOutTheProfilesOwnCompression() {
        assertThat(new Variant("balanced", "lz4").keys()).containsExactly(Map.entry("profile", "balanced"));
        assertThat(new Variant("latency", "lz4").keys())
                .containsExactly(Map.entry("profile", "latency"), Map.entry("producer.compression.type", "lz4"));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0), value -> value)).isEqualTo(new Spread(3, 1, 9));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0), value -> value)).isEqualTo(new Spread(2, 1, 4));
    }

    private static Measurement measured(String profile, String compression, double rate, double bytes, double p99) {
        return measurement(profile, compression, new Spread(rate, rate, rate), bytes, p99);
    }

    private static Measurement measurement(String profile, String compression, Spread rate, double bytes, double p99) {
        return new Measurement(
                new Variant(profile, compression),
                rate,
                same(rate.median() * bytes),
                same(bytes),
                same(1),
                same(1),
                same(p99));
    }

    private static Spread same(double value) {
        return new Spread(value, value, value);
    }
}
