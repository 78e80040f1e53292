// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.BrokerProcess;
import io.kurier.promises.Entry.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost, duplicated, reordered or misreported while the broker is killed again and again. The publisher
 * survives all of it, and resolves the outcome of every message whose outcome was unknown.
 */
class BrokerKillTest {
    private final Trial trial = new Trial("BrokerKillTest", "promises.broker.kills", 10);
    private final Random random = trial.random();

    @TempDir
    Path directory;

    @Test
    void keepsItsPromisesThroughKillsOfTheBroker() throws Exception {
        Path ledgers = Files.createDirectory(directory.resolve("ledgers"));
        try (BrokerProcess broker = broker();
                Child flood = Child.start(
                        FloodChild.class,
                        List.of(broker.bootstrapServers(), ledgers.toString(), Long.toString(trial.seed()), "1"))) {
            for (int kill = 0; kill < trial.kills(); kill++) {
                awaitMoreStored(flood);
                trial.pauseAtMost(20_000);
                long unknown = flood.highest(FloodChild.UNKNOWN);
                broker.kill();
                boolean longerThanMessagesLive = kill == 0 || random.nextInt(5) == 0;
                if (longerThanMessagesLive) {
                    flood.await(FloodChild.UNKNOWN, unknown + 1);
                }
                broker.restart();
            }
            awaitMoreStored(flood);
            trial.note("killed");
            flood.finish();

            Report report = FloodChild.report(broker.bootstrapServers(), ledgers);
            trial.note(report + "\n  " + flood.highest(FloodChild.UNKNOWN) + " unknown: " + FloodChild.answers(flood));
            assertThat(report.counts()).as("%s: %s", trial, report).isEmpty();
            assertThat(report.messages()).isEqualTo((int) flood.highest(FloodChild.ACCEPTED));
            assertThat(flood.highest(FloodChild.UNKNOWN))
                    .as("unknown, %s", trial)
                    .isPositive();
            assertThat(Arrays.stream(Answer.values())
                            .mapToLong(answer -> FloodChild.count(flood, answer))
                            .sum())
                    .as("answers, one for each that is unknown, %s", trial)
                    .isEqualTo(flood.highest(FloodChild.UNKNOWN));
        }
    }

    /** With a short session, so that the controller soon considers the killed broker dead. */
    private BrokerProcess broker() {
        return BrokerProcess.builder()
                .directory(directory.resolve("broker"))
                .property("broker.session.timeout.ms", "1000")
                .property("broker.heartbeat.interval.ms", "100")
                .start();
    }

    private void awaitMoreStored(Child flood) {
        flood.awaitMore(FloodChild.STORED, 1 + random.nextInt(1_000));
    }
}
