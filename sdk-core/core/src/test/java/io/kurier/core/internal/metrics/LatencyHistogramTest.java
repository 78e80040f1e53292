// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    private static final long START = 1_000_000_000_000L;
    private static final double[] SHARES = {0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1};

    private final LatencyHistogram times = new LatencyHistogram(START);

    @Test
    void isWithinAnEighthOfTheExactQuantiles() {
        long seed = System.nanoTime();
        System.out.println("LatencyHistogramTest, seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            LatencyHistogram some = new LatencyHistogram(START);
            long[] nanos = new long[1 + random.nextInt(5_000)];
            for (int i = 0; i < nanos.length; i++) {
                nanos[i] = 1_024 + random.nextLong(1L << (1 + random.nextInt(50)));
                some.record(nanos[i], START + i);
            }
            Arrays.sort(nanos);
            for (double share : SHARES) {
                double exact = nanos[(int) Math.max(1, Math.ceil(share * nanos.length)) - 1] / 1e6;
                assertThat(some.millisWithin(share, START + nanos.length))
                        .as("%s of %d values", share, nanos.length)
                        .isBetween(exact, exact * 1.125);
            }
        }
    }

    @Test
    void knowsNothingOfNoMessage() {
        assertThat(times.millisWithin(0.5, START)).isNaN();
        assertThat(times.millisWithin(1, START)).isNaN();
        assertThat(new LatencyHistogram().millisWithin(1)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 1_023})
    void takesWhatIsShorterThanAMicrosecondForOne(long nanos) {
        times.record(nanos, START);

        assertThat(times.millisWithin(1, START)).isBetween(0.001, 0.0012);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 50, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 2, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void takesWhatLastsForCenturies(long nanos) {
        times.record(nanos, START);

        assertThat(times.millisWithin(1, START)).isCloseTo(nanos / 1e6, within(nanos / 1e6 / 7.99));
    }

    @Test
    void keepsAMessageForOneMinuteAtLeastAndTwoAtMost() {
        times.record(5_000_000, START);
        times.record(5_000_000, START + seconds(59));

        assertThat(times.millisWithin(1, START + seconds(60))).isBetween(5.0, 5.7);
        assertThat(times.millisWithin(1, START + seconds(119))).isBetween(5.0, 5.7);
        assertThat(times.millisWithin(1, START + seconds(120))).isNaN();
    }

    @Test
    void keepsNothingForLongerBecauseNobodyLookedMeanwhile() {
        times.record(5_000_000, START);
        times.record(80_000_000, START + seconds(119));

        assertThat(times.millisWithin(0.5, START + seconds(119))).isBetween(5.0, 5.7);
        assertThat(times.millisWithin(0.5, START + seconds(120))).isBetween(80.0, 90.0);
        assertThat(times.millisWithin(0.5, START + seconds(179))).isBetween(80.0, 90.0);
        assertThat(times.millisWithin(0.5, START + seconds(180))).isNaN();
    }

    @Test
    void forgetsEverythingInALongSilence() {
        times.record(5_000_000, START);

        times.record(80_000_000, START + seconds(3_600) + 1);

        assertThat(times.millisWithin(0.01, START + seconds(3_600) + 1)).isBetween(80.0, 90.0);
    }

    @Test
    void worksAcrossTheEndOfTheClock() {
        LatencyHistogram late = new LatencyHistogram(Long.MAX_VALUE - seconds(30));
        late.record(5_000_000, Long.MAX_VALUE);

        assertThat(late.millisWithin(1, Long.MIN_VALUE + seconds(60))).isBetween(5.0, 5.7);
        assertThat(late.millisWithin(1, Long.MIN_VALUE + seconds(91))).isNaN();
    }

    @Test
    void wantsOneInThirtyTwoWhileMessagesFlood() {
        assertThat(wanted()).as("before").isEqualTo(80_000);

        long flood = recordEvery(10_000, START); // 100,000 a second
        assertThat(wanted()).as("in the flood").isBetween(2_000, 3_000);

        long stillOne = recordEvery(2_800_000, flood); // one in 32 of 11,000 a second
        assertThat(wanted()).as("while it lasts").isBetween(2_000, 3_000);

        recordEvery(4_000_000, stillOne); // one in 32 of 8,000 a second
        assertThat(wanted()).as("when it is over").isEqualTo(80_000);
    }

    private long recordEvery(long gap, long from) {
        long now = from;
        for (int i = 0; i <= 2_000; i++) {
            now += gap;
            times.record(5_000_000, now);
        }
        return now;
    }

    @Test
    void wantsEveryMessageAgainAfterASilence() {
        for (int i = 0; i <= 2_000; i++) {
            times.record(5_000_000, START + i);
        }
        assertThat(wanted()).isLessThan(80_000);

        times.record(5_000_000, START + seconds(1));

        assertThat(wanted()).isEqualTo(80_000);
    }

    private int wanted() {
        int wanted = 0;
        for (int i = 0; i < 80_000; i++) {
            wanted += times.wants(i) ? 1 : 0;
        }
        return wanted;
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
