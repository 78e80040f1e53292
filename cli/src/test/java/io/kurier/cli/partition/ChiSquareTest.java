// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareTest {

    /** Critical values of the tables in any book of statistics. */
    @ParameterizedTest
    @CsvSource({
        "3.841, 1, 0.05, 0.005",
        "6.635, 1, 0.01, 0.005",
        "5.991, 2, 0.05, 0.003",
        "18.307, 10, 0.05, 0.0005",
        "23.209, 10, 0.01, 0.0005",
        "9.342, 10, 0.5, 0.001",
        "3.940, 10, 0.95, 0.0005",
        "124.342, 100, 0.05, 0.0001",
        "149.449, 100, 0.001, 0.0001"
    })
    void isCloseToTheTablesOfTheDistribution(double value, int degrees, double p, double error) {
        assertThat(ChiSquare.upperTail(value, degrees)).isCloseTo(p, within(error));
    }

    @Test
    void comparesCountsWithAnEvenSpread() {
        ChiSquare test = Objects.requireNonNull(ChiSquare.of(new long[] {12, 8, 10}, 30));
        assertThat(test.value()).isCloseTo(0.8, within(1e-9));
        assertThat(test.degreesOfFreedom()).isEqualTo(2);
        assertThat(test.isWithinChance()).isTrue();
        assertThat(Objects.requireNonNull(ChiSquare.of(new long[] {0, 0, 30}, 30))
                        .isWithinChance())
                .isFalse();
        assertThat(Objects.requireNonNull(ChiSquare.of(new long[] {10, 10, 10}, 30))
                        .isWithinChance())
                .isTrue();
    }

    @Test
    void saysNothingOfFewKeysOrOnePartition() {
        assertThat(ChiSquare.of(new long[] {14, 0, 0}, 14)).isNull();
        assertThat(ChiSquare.of(new long[] {15, 0, 0}, 15)).isNotNull();
        assertThat(ChiSquare.of(new long[] {1_000}, 1_000)).isNull();
        assertThat(ChiSquare.of(new long[] {0, 0}, 0)).isNull();
    }
}
