// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PartitionLoads;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastLoadedTest {
    private static final EncodedRecord RECORD =
            new EncodedRecord("jobs", new byte[10], new byte[90], new ArrayHeaders());
    private static final int ONE_RECORD = 1;

    private final Queues queues = new Queues(4);
    private final LeastLoaded partitioner = new LeastLoaded(ONE_RECORD);

    /** Queues that a test fills. */
    private static final class Queues implements PartitionLoads {
        private final long[] queued;
        private final boolean[] leaderless;

        Queues(int partitions) {
            queued = new long[partitions];
            leaderless = new boolean[partitions];
        }

        @Override
        public int partitions() {
            return queued.length;
        }

        @Override
        public boolean hasLeader(int partition) {
            return !leaderless[partition];
        }

        @Override
        public long queuedBytes(int partition) {
            return queued[partition];
        }
    }

    @Test
    void choosesTheShortestQueue() {
        Arrays.fill(queues.queued, 500);
        queues.queued[2] = 499;

        assertThat(partitioner.partition(RECORD, queues)).isEqualTo(2);
    }

    @Test
    void fillsAllQueuesEvenly() {
        for (int i = 0; i < 4_000; i++) {
            queues.queued[partitioner.partition(RECORD, queues)] += 100;
        }
        assertThat(queues.queued).containsOnly(100_000);
    }

    @Test
    void leavesOutASlowLeaderUntilTheOthersHaveAsMuchToDo() {
        queues.queued[1] = 10_000;
        for (int i = 0; i < 300; i++) {
            queues.queued[partitioner.partition(RECORD, queues)] += 100;
        }
        assertThat(queues.queued).containsOnly(10_000);
    }

    @Test
    void leavesOutAPartitionWithoutALeader() {
        queues.leaderless[0] = true;
        Arrays.fill(queues.queued, 7_000);
        queues.queued[0] = 0;

        assertThat(IntStream.range(0, 1_000).map(i -> partitioner.partition(RECORD, queues)))
                .doesNotContain(0)
                .contains(1, 2, 3);
    }

    @Test
    void leavesAPartitionAsSoonAsItHasNoLeader() {
        LeastLoaded withBatches = new LeastLoaded(Integer.MAX_VALUE);
        int before = withBatches.partition(RECORD, queues);
        queues.leaderless[before] = true;

        assertThat(withBatches.partition(RECORD, queues)).isNotEqualTo(before);
    }

    @Test
    void choosesAnyIfNoneHasALeader() {
        Arrays.fill(queues.leaderless, true);

        assertThat(partitioner.partition(RECORD, queues)).isBetween(0, 3);
    }

    @Test
    void choosesAnyOfSeveralWithEqualQueues() {
        Set<Integer> chosen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            chosen.add(partitioner.partition(RECORD, queues));
        }
        assertThat(chosen).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void changesToOneOfFewerPartitionsAtOnce() {
        LeastLoaded withBatches = new LeastLoaded(Integer.MAX_VALUE);
        Queues many = new Queues(100);
        Arrays.fill(many.queued, 1);
        many.queued[99] = 0;
        assertThat(withBatches.partition(RECORD, many)).isEqualTo(99);

        assertThat(withBatches.partition(RECORD, queues)).isBetween(0, 3);
    }

    @Test
    void withoutLoadsAllPartitionsAreEqual() {
        assertThat(partitioner.partition(RECORD, 1)).isZero();
        assertThat(Partitioners.named("least-loaded").partition(RECORD, 12)).isBetween(0, 11);
    }
}
