// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.BrokerCluster;
import io.kurier.broker.ClusterAdmin;
import io.kurier.promises.Entry.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost, duplicated, reordered or misreported while brokers of a cluster of three are killed, and stopped and
 * continued, each topic with three replicas of which two must be in sync. It covers what {@link BrokerKillTest} cannot:
 * leaders move, followers truncate records that were not replicated, and a broker comes back that still considers
 * itself the leader.
 */
class ClusterKillTest {
    private static final int BROKERS = 3;
    private static final int FEW_OUTAGES = Outage.values().length;
    private static final int FEW_RECORDS = 5_000;

    private final Trial trial = new Trial("ClusterKillTest", "promises.cluster.outages", FEW_OUTAGES);
    private final int records = Integer.getInteger("promises.cluster.records", FEW_RECORDS);
    private final Random random = trial.random();
    private final Map<Outage, Integer> outages = new EnumMap<>(Outage.class);

    @TempDir
    Path directory;

    @Test
    void keepsItsPromisesWhileBrokersOfThreeAreKilledAndStopped() throws Exception {
        Path ledgers = Files.createDirectory(directory.resolve("ledgers"));
        try (BrokerCluster cluster = BrokerCluster.start(BROKERS);
                ClusterAdmin admin = admin(cluster);
                Child flood = Child.start(
                        FloodChild.class,
                        List.of(
                                cluster.bootstrapServers(),
                                ledgers.toString(),
                                Long.toString(trial.seed()),
                                Integer.toString(BROKERS)))) {
            for (int i = 0; i < trial.kills(); i++) {
                Outage outage = kind(i);
                flood.awaitMore(FloodChild.STORED, records / trial.kills());
                trial.pauseAtMost(20_000);
                outage.happen(cluster, random, () -> last(outage, flood));
                outages.merge(outage, 1, Integer::sum);
                admin.awaitInSync();
            }
            flood.awaitMore(FloodChild.STORED, 1_000);
            flood.await(FloodChild.STORED, records);
            trial.note("had " + outages);
            flood.finish();

            Report report = FloodChild.report(cluster.bootstrapServers(), ledgers);
            trial.note(report + "\n  " + flood.highest(FloodChild.UNKNOWN) + " unknown: " + FloodChild.answers(flood));
            assertThat(report.counts()).as("%s: %s", trial, report).isEmpty();
            assertThat(report.messages()).isEqualTo((int) flood.highest(FloodChild.ACCEPTED));
            assertThat(report.records()).isGreaterThanOrEqualTo(records);
            assertThat(flood.highest(FloodChild.UNKNOWN))
                    .as("unknown, %s", trial)
                    .isPositive()
                    .isEqualTo(FloodChild.count(flood, Answer.STORED) + FloodChild.count(flood, Answer.NOT_STORED));
        }
    }

    /** Each kind once, and then random ones. */
    private Outage kind(int i) {
        Outage[] kinds = Outage.values();
        return kinds[i < kinds.length ? i : random.nextInt(kinds.length)];
    }

    /**
     * Waits for less than a session with the controller, or for more; without a quorum, longer than the delivery
     * time-out.
     */
    private void last(Outage outage, Child flood) {
        if (outage == Outage.STOP_AND_KILL) {
            flood.awaitMore(FloodChild.UNKNOWN, 1);
        }
        trial.pauseAtMost(5_000_000);
    }

    /** Creates an admin client that gives up a stopped broker and queries another one. */
    private static ClusterAdmin admin(BrokerCluster cluster) {
        return ClusterAdmin.connect(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "request.timeout.ms", "2000"));
    }
}
