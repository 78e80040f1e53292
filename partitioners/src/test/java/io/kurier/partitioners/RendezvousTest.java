// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.spi.RecordPartitioner;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RendezvousTest {
    private static final int KEYS = 20_000;
    private static final double SLACK = 0.02;

    private final RecordPartitioner rendezvous = Partitioners.named("rendezvous");

    @ParameterizedTest(name = "from {0} partitions to one more")
    @ValueSource(ints = {1, 2, 3, 6, 12, 100})
    void fewKeysMoveAndAllToTheNewPartition(int partitions) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            byte[] key = key(random);
            int before = rendezvous.partition(Partitioners.keyed(key), partitions);
            int after = rendezvous.partition(Partitioners.keyed(key), partitions + 1);
            if (after != before) {
                assertThat(after).as("seed %d", seed).isEqualTo(partitions);
                moved++;
            }
        }
        assertThat((double) moved / KEYS).as("seed %d", seed).isLessThan(1.0 / (partitions + 1) + SLACK);
    }

    @Test
    void byAModulusMostKeysMove() {
        RecordPartitioner murmur2 = Partitioners.named("murmur2");
        Random random = new Random(7);
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            byte[] key = key(random);
            moved += murmur2.partition(Partitioners.keyed(key), 12) == murmur2.partition(Partitioners.keyed(key), 13)
                    ? 0
                    : 1;
        }
        assertThat((double) moved / KEYS).isGreaterThan(0.9);
    }

    @Test
    void allPartitionsGetTheirShare() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int[] counts = new int[10];
        for (int i = 0; i < KEYS; i++) {
            counts[rendezvous.partition(Partitioners.keyed(key(random)), 10)]++;
        }
        // 2,000 each on average, with a standard deviation of 42
        assertThat(Arrays.stream(counts).boxed()).as("seed %d", seed).allMatch(count -> count > 1_700 && count < 2_300);
    }

    // Computed by the rule of the plugin's documentation in another language: no release may move a key.
    @ParameterizedTest(name = "{0}")
    @CsvSource({"'', 2, 4, 7, 7", "a, 0, 0, 10, 20", "kafka, 2, 3, 8, 18", "customer-1, 2, 5, 5, 42", "äöü, 2, 3, 3, 63"
    })
    void theRuleIsFixed(String key, int of3, int of6, int of12, int of100) {
        assertThat(new int[] {
                    rendezvous.partition(Partitioners.keyed(key), 3),
                    rendezvous.partition(Partitioners.keyed(key), 6),
                    rendezvous.partition(Partitioners.keyed(key), 12),
                    rendezvous.partition(Partitioners.keyed(key), 100)
                })
                .containsExactly(of3, of6, of12, of100);
    }

    @Test
    void leavesARecordWithoutAKeyToKafka() {
        assertThat(rendezvous.partition(Partitioners.keyed((byte[]) null), 12))
                .isEqualTo(RecordPartitioner.KAFKA_CHOOSES);
    }

    private static byte[] key(Random random) {
        byte[] key = new byte[8 + random.nextInt(12)];
        random.nextBytes(key);
        return key;
    }
}
