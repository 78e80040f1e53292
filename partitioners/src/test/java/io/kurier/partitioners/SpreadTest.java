// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.partitioners.internal.KeyDigest;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Metered;
import io.kurier.spi.RecordPartitioner;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final int PARTITIONS = 12;
    private static final Map<String, String> SMALL_WINDOW = Map.of("window.records", "1000");

    private final Random random = new Random(11);
    private final RecordPartitioner murmur2 = Partitioners.named("murmur2");

    @Test
    void keysWithoutALargeShareStayWhereMurmur2SendsThem() {
        RecordPartitioner spread = Partitioners.named("spread", SMALL_WINDOW);
        for (int i = 0; i < 50_000; i++) {
            EncodedRecord record = Partitioners.keyed("key-" + random.nextInt(1_000));
            assertThat(spread.partition(record, PARTITIONS)).isEqualTo(murmur2.partition(record, PARTITIONS));
            assertThat(record.headers()).isEmpty();
        }
    }

    @Test
    void aHotKeyGoesToSeveralPartitionsAndItsRecordsSaySo() {
        RecordPartitioner spread = Partitioners.named("spread", SMALL_WINDOW);
        heat(spread, "hot", 20_000);

        int first = murmur2.partition(Partitioners.keyed("hot"), PARTITIONS);
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            EncodedRecord record = Partitioners.keyed("hot");
            counts.merge(spread.partition(record, PARTITIONS), 1, Integer::sum);
            assertThat(record.headers().lastHeader(SpreadPlugin.HEADER).value()).isEqualTo("4".getBytes(UTF_8));
        }
        assertThat(counts.keySet())
                .containsExactlyInAnyOrder(
                        first, (first + 1) % PARTITIONS, (first + 2) % PARTITIONS, (first + 3) % PARTITIONS);
        assertThat(counts.values()).containsOnly(100);
    }

    @Test
    void aRecordWhosePartitionIsChosenAgainGetsOneHeader() {
        RecordPartitioner spread = Partitioners.named("spread", SMALL_WINDOW);
        heat(spread, "hot", 20_000);
        EncodedRecord record = Partitioners.keyed("hot");

        spread.partition(record, PARTITIONS);
        spread.partition(record, PARTITIONS + 1);

        assertThat(record.headers().headers(SpreadPlugin.HEADER)).hasSize(1);
    }

    @Test
    void aKeyThatIsRareAgainGoesToOnePartitionAgain() {
        RecordPartitioner spread = Partitioners.named("spread", SMALL_WINDOW);
        heat(spread, "hot", 20_000);
        for (int i = 0; i < 100_000; i++) {
            spread.partition(Partitioners.keyed("key-" + random.nextInt(1_000)), PARTITIONS);
        }
        EncodedRecord record = Partitioners.keyed("hot");

        assertThat(spread.partition(record, PARTITIONS)).isEqualTo(murmur2.partition(record, PARTITIONS));
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void morePartitionsThanTheTopicHasAreAllThatItHas() {
        RecordPartitioner spread = Partitioners.named("spread", Map.of("window.records", "1000", "partitions", "50"));
        heat(spread, "hot", 20_000);
        Set<Integer> chosen = new TreeSet<>();
        EncodedRecord record = Partitioners.keyed("hot");
        for (int i = 0; i < 100; i++) {
            chosen.add(spread.partition(record, 3));
        }
        assertThat(chosen).containsExactly(0, 1, 2);
        assertThat(record.headers().lastHeader(SpreadPlugin.HEADER).value()).isEqualTo("3".getBytes(UTF_8));
    }

    @Test
    void aTopicWithOnePartitionStaysAsItIs() {
        RecordPartitioner spread = Partitioners.named("spread", SMALL_WINDOW);
        heat(spread, "hot", 20_000);

        assertThat(spread.partition(Partitioners.keyed("hot"), 1)).isZero();
    }

    @Test
    void theMetricNamesTheKeyByAHashAndEndsWithItsShare() {
        RecordPartitioner spread = Partitioners.named("spread", SMALL_WINDOW);
        Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();
        ((Metered) spread).withPluginMetrics((name, description, tags, value) -> {
            gauges.put(name + tags, value);
            return () -> gauges.remove(name + tags);
        });
        heat(spread, "hot", 20_000);

        String digest = KeyDigest.of("hot".getBytes(UTF_8));
        assertThat(gauges).containsOnlyKeys("hot-key-share{key-hash=" + digest + "}");
        assertThat(gauges.values().iterator().next().getAsDouble()).isBetween(0.3, 0.7);

        for (int i = 0; i < 100_000; i++) {
            spread.partition(Partitioners.keyed("key-" + random.nextInt(1_000)), PARTITIONS);
        }
        assertThat(gauges).isEmpty();
    }

    @Test
    void theDigestIsTheStartOfSha256() {
        assertThat(KeyDigest.of("abc".getBytes(UTF_8))).isEqualTo("ba7816bf8f01cfea");
    }

    @Test
    void leavesARecordWithoutAKeyToKafka() {
        assertThat(Partitioners.named("spread").partition(Partitioners.keyed((byte[]) null), PARTITIONS))
                .isEqualTo(RecordPartitioner.KAFKA_CHOOSES);
    }

    @Test
    void findsAHotKeyAmongThoseOfEightThreads() throws Exception {
        RecordPartitioner spread = Partitioners.named("spread", SMALL_WINDOW);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> publishing = Stream.<Callable<Void>>generate(() -> () -> {
                        heat(spread, "hot", 20_000);
                        return null;
                    })
                    .limit(8)
                    .toList();
            for (Future<Void> thread : pool.invokeAll(publishing)) {
                thread.get();
            }
        } finally {
            pool.shutdownNow();
        }
        EncodedRecord record = Partitioners.keyed("hot");
        spread.partition(record, PARTITIONS);
        assertThat(record.headers()).isNotEmpty();
    }

    /** Passes a stream of which half has one key. */
    private static void heat(RecordPartitioner spread, String hot, int records) {
        Random mix = new Random(3);
        for (int i = 0; i < records; i++) {
            String key = mix.nextBoolean() ? hot : "key-" + mix.nextInt(1_000);
            spread.partition(Partitioners.keyed(key), PARTITIONS);
        }
    }
}
