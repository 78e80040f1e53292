// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The arithmetic on which every printed number rests. */
class StatisticsTest {

    @Test
    void theMedianIsTheMiddleOfAnOddNumberInAnyOrder() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
        assertThat(Statistics.median(List.of(7.0))).isEqualTo(7.0);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
    }

    @Test
    void aRatioIsThatOfTheMediansAndNotTheMedianOfTheRatios() {
        Statistics.Ratio ratio = Statistics.ratio(List.of(10.0, 20.0, 90.0), List.of(20.0, 10.0, 30.0));

        assertThat(ratio.ofMedians()).isEqualTo(1.0);
        assertThat(ratio.smallest()).isEqualTo(0.5);
        assertThat(ratio.largest()).isEqualTo(3.0);
    }

    @Test
    void roundsThatAreMissingOnOneSideAreRefused() {
        assertThatThrownBy(() -> Statistics.ratio(List.of(1.0, 2.0), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 rounds beside 1");
    }

    @Test
    void aPercentileIsTheNearestRank() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();

        assertThat(Statistics.percentile(hundred, 0.5)).isEqualTo(50);
        assertThat(Statistics.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(Statistics.percentile(hundred, 0.991)).isEqualTo(100);
        assertThat(Statistics.percentile(hundred, 1)).isEqualTo(100);
        assertThat(Statistics.percentile(new long[] {42}, 0.01)).isEqualTo(42);
    }

    @Test
    void theNinetyNinthPercentileOfTenThousandLeavesAHundredAbove() {
        assertThat(Statistics.percentile(LongStream.rangeClosed(1, 10_000).toArray(), 0.99))
                .isEqualTo(9_900);
    }

    @Test
    void nothingHasNeitherMedianNorPercentile() {
        assertThatThrownBy(() -> Statistics.median(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.percentile(new long[0], 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.percentile(new long[1], 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
