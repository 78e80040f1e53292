// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.peers.Command;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** confluent-kafka for Python, which is librdkafka too: the partitions that its delivery callbacks report. */
@WithKafka
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfluentPythonPartitionsTest {
    /** Debian's, for which python3-confluent-kafka is; another one may come first in the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final Path SCRIPT =
            Path.of("src", "test", "resources", "confluent_kafka_partitions.py").toAbsolutePath();

    /** By their numbers of partitions. All tests have the same: the client reports the partitions itself. */
    private static Map<Integer, String> topics = Map.of();

    private final LocalBroker broker;

    @TempDir
    private Path folder;

    ConfluentPythonPartitionsTest(LocalBroker broker) {
        this.broker = broker;
    }

    @BeforeAll
    static void start(TestTopics created) throws IOException, InterruptedException {
        Command.assumeInstalled(PYTHON, "--version");
        Command.assume(
                Command.run(Path.of("."), PYTHON, "-c", "import confluent_kafka"),
                "confluent-kafka for Python is not installed");
        topics = PartitionCounts.topics("python", created);
    }

    @ParameterizedTest
    @EnumSource
    void choosesAsKurierDoes(Librdkafka partitioner) throws Exception {
        compare(partitioner.kurier(), partitioner.settings());
    }

    @Test
    void choosesByDefaultAsConsistentRandomDoes() throws Exception {
        compare(Librdkafka.CONSISTENT_RANDOM.kurier(), List.of(Librdkafka.NOT_STICKY));
    }

    private void compare(Comparison kurier, List<String> settings) throws IOException, InterruptedException {
        for (Map.Entry<Integer, String> topic : topics.entrySet()) {
            List<byte @Nullable []> keys = Keys.random();
            Path sent = folder.resolve("keys");
            Path chosen = folder.resolve("partitions");
            Keys.write(keys, sent);
            List<String> command = new ArrayList<>(List.of(
                    PYTHON,
                    SCRIPT.toString(),
                    broker.bootstrapServers(),
                    topic.getValue(),
                    sent.toString(),
                    chosen.toString()));
            command.addAll(settings);
            Command.Result python = Command.run(folder, command.toArray(String[]::new));
            assertThat(python.exitCode()).as(python.output()).isZero();
            kurier.assertSame("confluent-kafka for Python", topic.getKey(), Choice.read(keys, chosen));
        }
    }
}
