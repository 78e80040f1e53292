// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stream of keys is that of Zipf's law, and its shares are counted correctly. */
class KeySharesTest {
    private static final int RECORDS = 100_000;

    @Test
    void aKeyIsAsFrequentAsItsRankSays() {
        ZipfKeys keys = new ZipfKeys(100, 1.0, 1);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < RECORDS; i++) {
            counts.merge(new String(keys.next(), StandardCharsets.US_ASCII), 1, Integer::sum);
        }
        double harmonic = 0;
        for (int rank = 1; rank <= 100; rank++) {
            harmonic += 1.0 / rank;
        }
        for (int rank : new int[] {1, 2, 10}) {
            String key = new String(keys.all()[rank - 1], StandardCharsets.US_ASCII);
            assertThat(counts.getOrDefault(key, 0)).isCloseTo((int) (RECORDS / harmonic / rank), within(RECORDS / 100));
        }
    }

    @Test
    void theLargestPartitionOfOneKeyHasAllRecords() {
        assertThat(KeyShares.largest("murmur2", new ZipfKeys(1, 1.1, 1), 1_000, 12))
                .isEqualTo(100);
        assertThat(KeyShares.largest("round-robin", new ZipfKeys(1, 1.1, 1), 1_200, 12))
                .isCloseTo(100 / 12.0, within(0.1));
    }

    @Test
    void ofTheKeysOfAModulusNearlyAllMove() {
        // from n to n + 1 partitions a key stays with a chance of 1 / (n + 1)
        assertThat(KeyShares.moved("murmur2", new ZipfKeys(10_000, 1.1, 1), 12)).isCloseTo(1_200 / 13.0, within(2.0));
    }

    @Test
    void anUnknownPartitionerIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPartitioner.of("murmur3"))
                .withMessageContaining("murmur3");
    }
}
