// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstFullBatchTest {
    private static final long SEED = 1;
    private static final int RUNS = 3_000;

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 50", "10, 2", "10, 3", "10, 50", "99, 3", "99, 50", "300, 10"})
    void isWhatASimulationHasOnAverage(int full, int partitions) {
        double predicted = FirstFullBatch.records(full, partitions);
        assertThat(simulated(full, partitions)).as("seed %d", SEED).isCloseTo(predicted, within(0.03 * predicted));
    }

    @Test
    void isTheFullBatchOfOnePartition() {
        assertThat(FirstFullBatch.records(1, 50)).isEqualTo(1);
        assertThat(FirstFullBatch.records(26, 1)).isEqualTo(26);
    }

    @Test
    void isFiniteForLargeNumbers() {
        assertThat(FirstFullBatch.records(40_000, 1_000)).isBetween(38_000_000.0, 40_000_000.0);
        assertThat(FirstFullBatch.records(2, 1_000_000)).isBetween(1_000.0, 2_000.0);
    }

    private static double simulated(int full, int partitions) {
        Random random = new Random(SEED);
        long records = 0;
        for (int run = 0; run < RUNS; run++) {
            int[] counts = new int[partitions];
            do {
                records++;
            } while (++counts[random.nextInt(partitions)] < full);
        }
        return (double) records / RUNS;
    }
}
