// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every order is published exactly once, though the publishing process is killed again and again. */
class PublisherKillTest {
    private final int kills = Integer.getInteger("promises.publisher.kills", 20);
    private final long seed = Long.getLong("promises.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    @Test
    void publishesEveryOrderExactlyOnceThroughKillsOfThePublisher() throws Exception {
        System.out.println("PublisherKillTest: seed " + seed + ", " + kills + " kills");
        Path ledgers = Files.createDirectory(directory.resolve("ledgers"));
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"), Map.of())) {
            long committed = 0;
            for (int incarnation = 1; incarnation <= kills; incarnation++) {
                try (Child shard = start(broker, ledgers, incarnation)) {
                    long t0 = System.nanoTime();
                    awaitTheMoment(shard);
                    long t1 = System.nanoTime();
                    shard.kill();
                    System.out.println((t1 - t0) / 1000000 + " " + (System.nanoTime() - t1) / 1000000 + " "
                            + shard.last(ShardChild.READY) + " " + shard.last(ShardChild.COMMITTED));
                    committed = assertGoesOn(committed, shard);
                }
            }
            try (Child last = start(broker, ledgers, kills + 1)) {
                last.await(ShardChild.COMMITTED, committed + 1_000);
                last.finish();
                committed = assertGoesOn(committed, last);
            }
            assertExactlyOnce(broker.bootstrapServers(), ledgers, committed);
        }
    }

    private Child start(BrokerProcess broker, Path ledgers, int incarnation) {
        return Child.start(
                ShardChild.class,
                List.of(
                        broker.bootstrapServers(),
                        ledgers.toString(),
                        Integer.toString(incarnation),
                        Long.toString(seed)));
    }

    /** Sometimes while it starts, mostly in or between its first transactions. */
    private void awaitTheMoment(Child shard) {
        if (random.nextInt(5) == 0) {
            shard.await(ShardChild.BEGUN, 1);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(1_000_000)));
            return;
        }
        shard.await(ShardChild.READY, 0);
        int transactions = random.nextInt(4);
        for (int i = 0; i < transactions; i++) {
            shard.await(ShardChild.COMMITTED, shard.last(ShardChild.COMMITTED) + 1);
        }
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(30_000)));
    }

    /** What one incarnation knew to be committed the next one has found; answers what is known now. */
    private static long assertGoesOn(long committed, Child shard) {
        long ready = shard.last(ShardChild.READY);
        if (ready >= 0) {
            assertThat(ready).as("the progress that %s found", shard).isGreaterThanOrEqualTo(committed);
        }
        return Math.max(committed, Math.max(ready, shard.last(ShardChild.COMMITTED)));
    }

    private void assertExactlyOnce(String bootstrapServers, Path ledgers, long committed) throws Exception {
        Oracle oracle = Oracle.of(ledgers);
        BitSet numbers = new BitSet();
        TopicReader.read(bootstrapServers, List.of(ShardChild.ORDERS.alias()), record -> {
            oracle.read(record);
            MessageId.of("" + record.value()).ifPresent(order -> numbers.set((int) order.number()));
        });
        Report report = oracle.report();
        System.out.println("PublisherKillTest: " + report + "; " + committed + " orders");
        assertThat(report.counts()).as("seed %s: %s", seed, report).isEmpty();
        assertThat(ShardChild.progress(bootstrapServers)).isEqualTo(committed);
        assertThat(numbers.cardinality()).as("orders, none missing").isEqualTo((int) committed);
        assertThat(numbers.length()).as("orders, none behind the progress").isEqualTo((int) committed);
        assertThat(report.records()).isEqualTo((int) committed);
    }
}
