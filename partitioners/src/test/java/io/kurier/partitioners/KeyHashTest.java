// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kurier.spi.Murmur2;
import io.kurier.spi.RecordPartitioner;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors that the clients publish, and what a missing or an empty key means under each name. */
class KeyHashTest {

    // Kafka's UtilsTest; from "kafka" on librdkafka's rdmurmur2.c; the last one kafkajs' tests
    @ParameterizedTest(name = "{0} hashes to {1}")
    @CsvSource({
        "21, -973932308",
        "foobar, -790332482",
        "a-little-bit-long-string, -985981536",
        "a-little-bit-longer-string, -1486304829",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
        "abc, 479470107",
        "kafka, 0xd067cf64",
        "giberish123456789, 0x8f552b0c",
        "'', 0x106e08d9",
        "100:48069, 1009543857",
    })
    void hashesByMurmur2AsKafkaDoes(String key, String hash) {
        assertThat(Murmur2.hash(bytes(key))).isEqualTo(Long.decode(hash).intValue());
    }

    // sarama's tests
    @ParameterizedTest(name = "{1} in partition {2} of 100 by {0}")
    @CsvSource({
        "MURMUR2, foo, 16",
        "MURMUR2, bar, 45",
        "MURMUR2, baz, 80",
        "MURMUR2, kafka, 80",
        "MURMUR2, sarama, 11",
        "CRC32, abc123def456, 57",
        "CRC32, SheetJS, 26", // 70 if the hash is taken as signed
        "CRC32, 9e8c7f4cf45857cfff7645d6, 24",
        "CRC32, 3900446192ff85a5f67da10c, 75",
        "CRC32, 0f4407b7a67d6d27de372198, 50",
    })
    void choosesAsSaramaDoes(KeyHash hash, String key, int partition) {
        assertThat(hash.partition(bytes(key), 100)).isEqualTo(partition);
    }

    // librdkafka's rdfnv1a.c, which has the absolute values
    @ParameterizedTest(name = "{0} hashes to {1}, or less than 0")
    @CsvSource({"kafka, 0x0d33c4e1", "giberish123456789, 0x77a58295", "1234, 0x023bdd03", "'', 0x7ee3623b"})
    void hashesByFnv1aAsLibrdkafkaDoes(String key, String absolute) {
        // with the most partitions that an int can count, the partition is the absolute value of the hash
        assertThat(KeyHash.FNV1A.partition(bytes(key), Integer.MAX_VALUE)).isEqualTo(Integer.decode(absolute));
    }

    /** The hash of this key is 0x80000000, which has no absolute value among the ints (sarama's tests). */
    @ParameterizedTest(name = "of {0} partitions")
    @ValueSource(ints = {1, 2, 3, 6, 12, 100, 1_000, 65_536, Integer.MAX_VALUE})
    void takesEachModulusOfTheSmallestInt(int partitions) {
        byte[] key = bytes("1468509572224");
        int exact = (int) (0x80000000L % partitions);
        assertThat(KeyHash.FNV1A.partition(key, partitions)).isEqualTo(exact);
        assertThat(KeyHash.FNV1A_UNSIGNED.partition(key, partitions)).isEqualTo(exact);
        assertThat(KeyHash.FNV1A_REFERENCE.partition(key, partitions)).isZero();
    }

    // kafkajs' tests of its legacy partitioner; from "" on computed by kafkajs itself
    @ParameterizedTest(name = "{0} hashes to {1}")
    @CsvSource({
        "0, 272173970",
        "1, 1311020360",
        "128, 2053105854",
        "2187, -2081355488",
        "16384, 204404061",
        "78125, -677491393",
        "823543, 651276451",
        "10000000, -1778616326",
        "170859375, 102939717",
        "'', 275646684",
        "kafka, 840273835",
        "foobar, -309133275",
        "SheetJS, 691054945",
    })
    void hashesAsKafkajs1Does(String key, int hash) {
        assertThat(KafkajsMurmur2.hash(bytes(key))).isEqualTo(hash);
    }

    // computed by implementations in another language that agree with all of the above
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', 0/3/9/81, 0/0/0/0, 0/3/3/35, 2/5/5/13, 1/1/1/61, 0/0/0/84",
        "0, 2/2/8/96, 2/5/5/9, 0/3/3/63, 0/3/3/63, 0/3/3/63, 2/2/2/70",
        "1, 0/3/3/59, 2/5/11/83, 1/4/4/44, 1/4/4/44, 1/4/4/44, 2/2/8/60",
        "21, 0/0/0/40, 1/4/4/32, 0/0/0/52, 2/2/8/96, 1/4/4/44, 2/2/2/62",
        "foobar, 0/0/6/66, 2/5/5/69, 0/0/0/76, 2/2/8/72, 1/4/4/20, 2/5/5/73",
        "kafka, 1/4/4/80, 2/5/11/99, 2/5/5/45, 2/5/5/45, 2/5/5/45, 1/1/7/35",
        "a-little-bit-long-string, 2/2/8/12, 0/0/6/54, 1/4/4/4, 1/4/4/44, 0/0/0/92, 2/2/2/38",
        "1468509572224, 0/3/9/25, 1/1/1/25, 2/2/8/48, 0/0/0/0, 2/2/8/48, 0/3/3/71",
        "äöü, 2/2/8/92, 2/5/11/75, 0/0/0/12, 0/0/0/12, 0/0/0/12, 2/2/2/66",
        "键, 0/0/0/76, 0/0/0/76, 2/2/2/22, 0/0/6/26, 2/2/2/74, 0/0/6/6",
    })
    void choosesOf3And6And12And100Partitions(
            String key,
            String murmur2,
            String crc32,
            String fnv1a,
            String fnv1aReference,
            String fnv1aUnsigned,
            String kafkajsLegacy) {
        Map<KeyHash, String> expected = Map.of(
                KeyHash.MURMUR2,
                murmur2,
                KeyHash.CRC32,
                crc32,
                KeyHash.FNV1A,
                fnv1a,
                KeyHash.FNV1A_REFERENCE,
                fnv1aReference,
                KeyHash.FNV1A_UNSIGNED,
                fnv1aUnsigned,
                KeyHash.KAFKAJS_LEGACY,
                kafkajsLegacy);
        assertThat(expected).containsOnlyKeys(KeyHash.values());
        expected.forEach((hash, partitions) -> {
            RecordPartitioner named = Partitioners.named(hash.configured());
            assertThat(IntStream.of(3, 6, 12, 100)
                            .mapToObj(of -> String.valueOf(named.partition(Partitioners.keyed(key), of)))
                            .collect(Collectors.joining("/")))
                    .as(hash.configured())
                    .isEqualTo(partitions);
            assertThat(named.partition(Partitioners.keyed(key), 1))
                    .as(hash.configured())
                    .isZero();
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "murmur2, 81",
        "murmur2_random, 81",
        "crc32, 0",
        "fnv1a, 35",
        "fnv1a_random, 35",
        "fnv1a-reference, 13",
        "fnv1a-unsigned, 61",
        "kafkajs-legacy, 84",
    })
    void hashesAnEmptyKeyAndLeavesAMissingOneToKafka(String name, int ofTheEmptyKey) {
        RecordPartitioner partitioner = Partitioners.named(name);
        assertThat(partitioner.partition(Partitioners.keyed(""), 100)).isEqualTo(ofTheEmptyKey);
        assertThat(partitioner.partition(Partitioners.keyed((byte[]) null), 100))
                .isEqualTo(RecordPartitioner.KAFKA_CHOOSES);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "murmur2, 81",
        "crc32, 0",
        "fnv1a, 35",
        "fnv1a-reference, 13",
        "fnv1a-unsigned, 61",
        "kafkajs-legacy, 84",
    })
    void sendsAMissingKeyWhereAnEmptyOneGoesIfToldTo(String name, int partition) {
        RecordPartitioner partitioner = Partitioners.named(name, Map.of("null.key", "hash"));
        assertThat(partitioner.partition(Partitioners.keyed((byte[]) null), 100))
                .isEqualTo(partition);
        assertThat(partitioner.partition(Partitioners.keyed(""), 100)).isEqualTo(partition);
    }

    @Test
    void consistentSendsEmptyAndMissingKeysToPartition0() {
        RecordPartitioner consistent = Partitioners.named("consistent");
        assertThat(consistent.partition(Partitioners.keyed(""), 100)).isZero();
        assertThat(consistent.partition(Partitioners.keyed((byte[]) null), 100)).isZero();
    }

    @Test
    void consistentRandomSendsEmptyKeysAnywhereAndLeavesMissingOnesToKafka() {
        // 200 choices that all fall on one of 100 partitions do not happen by chance
        Set<Integer> chosen = IntStream.range(0, 200)
                .mapToObj(i -> Partitioners.named("consistent_random").partition(Partitioners.keyed(""), 100))
                .collect(Collectors.toSet());
        assertThat(chosen).hasSizeGreaterThan(1).allMatch(partition -> partition >= 0 && partition < 100);
        assertThat(Partitioners.named("consistent_random").partition(Partitioners.keyed((byte[]) null), 100))
                .isEqualTo(RecordPartitioner.KAFKA_CHOOSES);
    }

    @ParameterizedTest(name = "{0} with null.key={1}")
    @CsvSource({
        "consistent, hash",
        "consistent, kafka",
        "consistent_random, hash",
        "consistent_random, kafka",
        "murmur2_random, hash",
        "murmur2_random, kafka",
        "fnv1a_random, hash",
        "fnv1a_random, kafka",
    })
    void refusesARuleForMissingKeysBesideANameThatHasOne(String name, String rule) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Partitioners.named(name, Map.of("null.key", rule)))
                .withMessageContainingAll("null.key", rule, name + " is librdkafka's name", "Remove the key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"murmur2", "crc32", "fnv1a", "fnv1a-reference", "fnv1a-unsigned", "kafkajs-legacy"})
    void refusesAnUnknownRuleForMissingKeys(String name) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Partitioners.named(name, Map.of("null.key", "random")))
                .withMessageContainingAll("null.key", "random", "kafka", "hash");
    }

    private static byte[] bytes(String key) {
        return key.getBytes(UTF_8);
    }
}
