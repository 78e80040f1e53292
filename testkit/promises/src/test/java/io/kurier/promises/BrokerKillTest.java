// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Topic;
import io.kurier.broker.BrokerProcess;
import io.kurier.promises.Entry.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost, doubled, reordered or misreported while the broker is killed again and again; the publisher lives
 * through all of it, and finds out what became of every message whose outcome was unknown.
 */
class BrokerKillTest {
    private final Trial trial = new Trial("BrokerKillTest", "promises.broker.kills");
    private final Random random = trial.random();

    @TempDir
    Path directory;

    @Test
    void keepsItsPromisesThroughKillsOfTheBroker() throws Exception {
        Path ledgers = Files.createDirectory(directory.resolve("ledgers"));
        try (BrokerProcess broker = broker();
                Child flood = Child.start(
                        FloodChild.class,
                        List.of(broker.bootstrapServers(), ledgers.toString(), Long.toString(trial.seed())))) {
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

            Report report = report(broker, ledgers);
            trial.note(report + "\n  " + flood.highest(FloodChild.UNKNOWN) + " unknown: " + answers(flood));
            assertThat(report.counts()).as("%s: %s", trial, report).isEmpty();
            assertThat(report.messages()).isEqualTo((int) flood.highest(FloodChild.ACCEPTED));
            assertThat(flood.highest(FloodChild.UNKNOWN))
                    .as("unknown, %s", trial)
                    .isPositive();
            assertThat(Arrays.stream(Answer.values())
                            .mapToLong(answer -> count(flood, answer))
                            .sum())
                    .as("answers, one for each that is unknown, %s", trial)
                    .isEqualTo(flood.highest(FloodChild.UNKNOWN));
        }
    }

    /** With a short session, so that the controller soon believes that the broker was dead. */
    private BrokerProcess broker() {
        return BrokerProcess.builder()
                .directory(directory.resolve("broker"))
                .property("broker.session.timeout.ms", "1000")
                .property("broker.heartbeat.interval.ms", "100")
                .start();
    }

    private static Report report(BrokerProcess broker, Path ledgers) throws Exception {
        Oracle oracle = Oracle.of(ledgers);
        TopicReader.read(
                broker.bootstrapServers(),
                FloodChild.TOPICS.stream().map(Topic::alias).toList(),
                oracle::read);
        return oracle.report();
    }

    private static long count(Child flood, Answer answer) {
        return Math.max(0, flood.highest(answer.word()));
    }

    private static String answers(Child flood) {
        return Arrays.stream(Answer.values())
                .map(answer -> count(flood, answer) + " " + answer.word())
                .collect(Collectors.joining(", "));
    }

    private void awaitMoreStored(Child flood) {
        flood.await(FloodChild.STORED, flood.highest(FloodChild.STORED) + 1 + random.nextInt(1_000));
    }
}
