// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost, doubled, reordered or misreported while the broker is killed again and again, and the publisher lives
 * through all of it.
 */
class BrokerKillTest {
    private final int kills = Integer.getInteger("promises.broker.kills", 20);
    private final long seed = Long.getLong("promises.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    @Test
    void keepsItsPromisesThroughKillsOfTheBroker() throws Exception {
        System.out.println("BrokerKillTest: seed " + seed + ", " + kills + " kills");
        Path ledgers = Files.createDirectory(directory.resolve("ledgers"));
        try (BrokerProcess broker = BrokerProcess.start(
                        directory.resolve("broker"),
                        Map.of(
                                "broker.session.timeout.ms",
                                System.getProperty("st", "1000"),
                                "broker.heartbeat.interval.ms",
                                System.getProperty("hb", "100")));
                Child flood = Child.start(
                        FloodChild.class,
                        List.of(broker.bootstrapServers(), ledgers.toString(), Long.toString(seed)))) {
            for (int kill = 0; kill < kills; kill++) {
                long t0 = System.nanoTime();
                awaitMoreStored(flood);
                long t1 = System.nanoTime();
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(20_000)));
                long unknown = flood.last(FloodChild.UNKNOWN);
                broker.kill();
                if (random.nextInt(4) == 0) {
                    flood.await(FloodChild.UNKNOWN, unknown + 1);
                }
                long t2 = System.nanoTime();
                broker.restart();
                long t3 = System.nanoTime();
                System.out.println((t1 - t0) / 1000000 + " " + (t2 - t1) / 1000000 + " " + (t3 - t2) / 1000000 + " "
                        + flood.last(FloodChild.STORED) + " " + flood.last(FloodChild.UNKNOWN));
            }
            awaitMoreStored(flood);
            long t0 = System.nanoTime();
            flood.finish();
            System.out.println("finish " + (System.nanoTime() - t0) / 1000000);

            Oracle oracle = Oracle.of(ledgers);
            TopicReader.read(
                    broker.bootstrapServers(),
                    FloodChild.TOPICS.stream().map(Topic::alias).toList(),
                    oracle::read);
            Report report = oracle.report();
            System.out.println("BrokerKillTest: " + report + "; " + flood.last(FloodChild.UNKNOWN) + " unknown, "
                    + flood.last(FloodChild.FOUND) + " of them found, " + flood.last(FloodChild.ABSENT) + " absent, "
                    + flood.last(FloodChild.UNSETTLED) + " not settled");
            assertThat(report.counts()).as("seed %s: %s", seed, report).isEmpty();
            assertThat(report.messages()).isEqualTo((int) flood.last(FloodChild.ACCEPTED));
        }
    }

    private void awaitMoreStored(Child flood) {
        flood.await(FloodChild.STORED, flood.last(FloodChild.STORED) + 1 + random.nextInt(1_000));
    }
}
