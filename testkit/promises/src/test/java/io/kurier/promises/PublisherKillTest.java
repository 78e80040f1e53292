// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.BrokerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every order is published exactly once, although the publishing process is killed again and again. */
class PublisherKillTest {
    private final Trial trial = new Trial("PublisherKillTest", "promises.publisher.kills", 20);
    private final Random random = trial.random();

    @TempDir
    Path directory;

    @Test
    void publishesEveryOrderExactlyOnceThroughKillsOfThePublisher() throws Exception {
        Path ledgers = Files.createDirectory(directory.resolve("ledgers"));
        try (BrokerProcess broker = BrokerProcess.start()) {
            long committed = 0;
            for (int incarnation = 1; incarnation <= trial.kills(); incarnation++) {
                try (Child shard = start(broker, ledgers, incarnation)) {
                    awaitTheMoment(shard);
                    shard.kill();
                    committed = assertGoesOn(committed, shard);
                }
            }
            try (Child last = start(broker, ledgers, trial.kills() + 1)) {
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
                        Long.toString(trial.seed())));
    }

    /** Waits for a time to kill: sometimes during the start, mostly in or between the first transactions. */
    private void awaitTheMoment(Child shard) {
        if (random.nextInt(5) == 0) {
            shard.await(ShardChild.BEGUN, 1);
            trial.pauseAtMost(1_000_000);
            return;
        }
        shard.await(ShardChild.READY, 0);
        int transactions = random.nextInt(4);
        for (int i = 0; i < transactions; i++) {
            shard.await(ShardChild.COMMITTED, shard.highest(ShardChild.COMMITTED) + 1);
        }
        trial.pauseAtMost(30_000);
    }

    /**
     * Asserts that the next incarnation has found what the last one knew to be committed; returns what is known now.
     */
    private static long assertGoesOn(long committed, Child shard) {
        long ready = shard.highest(ShardChild.READY);
        if (ready >= 0) {
            assertThat(ready).as("the progress that %s found", shard).isGreaterThanOrEqualTo(committed);
        }
        return Math.max(committed, Math.max(ready, shard.highest(ShardChild.COMMITTED)));
    }

    private void assertExactlyOnce(String bootstrapServers, Path ledgers, long committed) throws Exception {
        Oracle oracle = Oracle.of(ledgers);
        BitSet numbers = new BitSet();
        TopicReader.read(bootstrapServers, List.of(ShardChild.ORDERS.alias()), record -> {
            oracle.read(record);
            MessageId.of("" + record.value()).ifPresent(order -> numbers.set((int) order.number()));
        });
        Report report = oracle.report();
        trial.note(report + "\n  " + committed + " orders");
        assertThat(report.counts()).as("%s: %s", trial, report).isEmpty();
        assertThat(ShardChild.progress(bootstrapServers)).isEqualTo(committed);
        assertThat(numbers.cardinality()).as("orders, none missing").isEqualTo((int) committed);
        assertThat(numbers.length()).as("orders, none behind the progress").isEqualTo((int) committed);
        assertThat(report.records()).isEqualTo((int) committed);
    }
}
