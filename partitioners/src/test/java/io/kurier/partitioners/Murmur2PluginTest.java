// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordPartitioner;
import java.util.HexFormat;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Murmur2PluginTest {
    private final RecordPartitioner murmur2 = Partitioners.named("murmur2");

    // The first six are in Kafka's own UtilsTest; the others were computed by a murmur2 written in another language.
    @ParameterizedTest(name = "the key 0x{0} hashes to {1}")
    @CsvSource({
        "3231, -973932308, 0, 0, 0, 40",
        "666f6f626172, -790332482, 0, 0, 6, 66",
        "612d6c6974746c652d6269742d6c6f6e672d737472696e67, -985981536, 2, 2, 8, 12",
        "612d6c6974746c652d6269742d6c6f6e6765722d737472696e67, -1486304829, 2, 5, 11, 19",
        "6c6b6a683233346c68396669756839307932336f697568736166756a6861646f66323239706872396831396838396838,"
                + " -58897971, 2, 5, 5, 77",
        "616263, 479470107, 0, 3, 3, 7",
        "'', 275646681, 0, 3, 9, 81",
        "00, 375494588, 2, 2, 8, 88",
        "fffefd80, 127523238, 0, 0, 6, 38",
        "0000000001, -2105056731, 2, 5, 5, 17",
        "4772c3bcc39f65, 1190824359, 0, 3, 3, 59",
        "000000000000002a, 506863552, 1, 4, 4, 52",
        "637573746f6d65722d31, 1939597761, 0, 3, 9, 61",
        "637573746f6d65722d32, 1971984518, 2, 2, 2, 18",
    })
    void choosesThePartitionThatThePinnedHashGives(String hexKey, int hash, int of3, int of6, int of12, int of100) {
        EncodedRecord record = keyed(HexFormat.of().parseHex(hexKey));
        // With the most partitions that an int can count, the partition is the hash without its sign.
        assertThat(murmur2.partition(record, Integer.MAX_VALUE)).isEqualTo(hash & 0x7fffffff);
        assertThat(murmur2.partition(record, 1)).isZero();
        assertThat(murmur2.partition(record, 3)).isEqualTo(of3);
        assertThat(murmur2.partition(record, 6)).isEqualTo(of6);
        assertThat(murmur2.partition(record, 12)).isEqualTo(of12);
        assertThat(murmur2.partition(record, 100)).isEqualTo(of100);
    }

    @Test
    void agreesWithKafkasHashOverRandomKeys() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[random.nextInt(70)];
            random.nextBytes(key);
            int partitions = 1 + random.nextInt(1_000);
            assertThat(murmur2.partition(keyed(key), partitions))
                    .as("seed %d, key %s, %d partitions", seed, HexFormat.of().formatHex(key), partitions)
                    .isEqualTo(Utils.toPositive(Utils.murmur2(key)) % partitions);
        }
    }

    @Test
    void leavesARecordWithoutAKeyToKafka() {
        assertThat(murmur2.partition(keyed(null), 12)).isEqualTo(RecordPartitioner.KAFKA_CHOOSES);
    }

    private static EncodedRecord keyed(byte @Nullable [] key) {
        return new EncodedRecord("orders", key, new byte[] {1}, new RecordHeaders());
    }
}
