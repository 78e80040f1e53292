// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordPartitioner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
    private static final EncodedRecord RECORD =
            new EncodedRecord("jobs", new byte[] {7}, new byte[] {1}, new RecordHeaders());

    @Test
    void givesEachPartitionItsTurnWhateverTheKey() {
        assertThat(deal(new RoundRobin(0), 4, 9)).containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0);
    }

    @Test
    void staysEvenWhenPartitionsAreAdded() {
        RoundRobin partitioner = new RoundRobin(5);
        deal(partitioner, 3, 100);
        assertThat(counts(deal(partitioner, 7, 700), 7)).containsOnly(100);
    }

    @Test
    void staysEvenPastTheLargestInt() {
        RoundRobin partitioner = new RoundRobin(Integer.MAX_VALUE - 10L);
        List<Integer> dealt = deal(partitioner, 6, 24);
        assertThat(dealt).startsWith(Math.floorMod(Integer.MAX_VALUE - 10L, 6));
        assertThat(counts(dealt, 6)).containsOnly(4);
    }

    @Test
    void answersOnlyPartitionsThatExistEvenPastTheLargestLong() {
        assertThat(deal(new RoundRobin(Long.MAX_VALUE - 5), 7, 20))
                .allMatch(partition -> partition >= 0 && partition < 7);
    }

    @Test
    void staysEvenWhenEightThreadsPublish() throws Exception {
        int threads = 8;
        int each = 10_000;
        RoundRobin partitioner = new RoundRobin(3);
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<List<Integer>> publishing = () -> {
            start.await();
            return deal(partitioner, 5, each);
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Integer> dealt = new ArrayList<>();
            for (Future<List<Integer>> thread : pool.invokeAll(Collections.nCopies(threads, publishing))) {
                dealt.addAll(thread.get());
            }
            assertThat(counts(dealt, 5)).containsOnly(threads * each / 5);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void beginsAtARandomPartition() {
        // 200 starts that all fall on one of 100 partitions do not happen by chance.
        Set<Integer> firsts = IntStream.range(0, 200)
                .mapToObj(i -> Partitioners.named("round-robin").partition(RECORD, 100))
                .collect(Collectors.toSet());
        assertThat(firsts).hasSizeGreaterThan(1).allMatch(partition -> partition >= 0 && partition < 100);
    }

    private static List<Integer> deal(RecordPartitioner partitioner, int partitions, int records) {
        return IntStream.range(0, records)
                .mapToObj(i -> partitioner.partition(RECORD, partitions))
                .toList();
    }

    private static int[] counts(List<Integer> dealt, int partitions) {
        int[] counts = new int[partitions];
        dealt.forEach(partition -> counts[partition]++);
        return counts;
    }
}
