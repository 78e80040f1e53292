// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hash of Kafka's producer; the test is bound to one version of Kafka and may use its internal class. */
class Murmur2Test {

    // The first four are in Kafka's own UtilsTest; the others were computed by a murmur2 written in another language.
    @ParameterizedTest(name = "the key 0x{0} hashes to {1}")
    @CsvSource({
        "3231, -973932308",
        "666f6f626172, -790332482",
        "612d6c6974746c652d6269742d6c6f6e672d737472696e67, -985981536",
        "612d6c6974746c652d6269742d6c6f6e6765722d737472696e67, -1486304829",
        "'', 275646681",
        "00, 375494588",
        "fffefd80, 127523238",
        "0000000001, -2105056731",
    })
    void givesThePinnedHash(String hexKey, int hash) {
        assertThat(Murmur2.hash(HexFormat.of().parseHex(hexKey))).isEqualTo(hash);
    }

    @Test
    void agreesWithKafkaOverRandomKeysOfEveryLength() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[i % 70];
            random.nextBytes(key);
            int partitions = 1 + random.nextInt(1_000);
            String context =
                    "seed " + seed + ", key " + HexFormat.of().formatHex(key) + ", " + partitions + " partitions";
            assertThat(Murmur2.hash(key)).as(context).isEqualTo(Utils.murmur2(key));
            assertThat(Murmur2.partition(key, partitions))
                    .as(context)
                    .isEqualTo(Utils.toPositive(Utils.murmur2(key)) % partitions);
        }
    }
}
