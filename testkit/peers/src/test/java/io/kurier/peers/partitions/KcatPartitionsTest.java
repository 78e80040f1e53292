// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.peers.Command;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** librdkafka, in kcat: the partitions in which its records are. */
@WithKafka
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KcatPartitionsTest {
    private static final String KEY_ENDS = "#key-ends#";
    private static final String RECORD_ENDS = "#record-ends#";

    private final LocalBroker broker;
    private final TestTopics topics;

    @TempDir
    private Path folder;

    KcatPartitionsTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @BeforeAll
    static void find() throws InterruptedException {
        Command.assumeInstalled("kcat", "-V");
    }

    @ParameterizedTest
    @EnumSource
    void choosesAsKurierDoes(Librdkafka partitioner) throws Exception {
        for (Map.Entry<Integer, String> topic :
                PartitionCounts.topics("kcat", topics).entrySet()) {
            List<Choice> choices = choices(partitioner, topic.getValue());
            partitioner.kurier().assertSame("kcat", topic.getKey(), choices);
        }
    }

    @Test
    void aHashOfAnotherClientIsNoticedAndSoIsASingleKey() throws Exception {
        int partitions = 12;
        List<Choice> choices = new ArrayList<>(choices(Librdkafka.MURMUR2, topics.create("kcat", partitions)));

        assertThat(Comparison.with("crc32").differences(partitions, choices)).hasSizeGreaterThan(Keys.WITH_BYTES / 2);

        Choice first = choices.get(0);
        int other = (first.partition() + 1) % partitions;
        choices.set(0, new Choice(first.key(), other));
        assertThat(Librdkafka.MURMUR2.kurier().differences(partitions, choices))
                .containsExactly("key %s: the client chooses %d, murmur2 chooses %d of 12"
                        .formatted(Keys.shown(first.key()), other, first.partition()));
    }

    /** Sends random keys; returns them with the partitions of their records, in the order of sending. */
    private List<Choice> choices(Librdkafka partitioner, String topic) throws IOException, InterruptedException {
        List<byte @Nullable []> keys = Keys.random();
        send(partitioner, topic, keys, false);
        send(partitioner, topic, keys, true);

        Map<Integer, Choice> choices = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.readAll(topic)) {
            int index = Integer.parseInt(new String(record.value(), US_ASCII));
            assertThat(Keys.shown(record.key()))
                    .as("the key that kcat has sent")
                    .isEqualTo(Keys.shown(keys.get(index)));
            choices.put(index, new Choice(record.key(), record.partition()));
        }
        assertThat(choices).hasSameSizeAs(keys);
        return List.copyOf(choices.values());
    }

    /**
     * Sends the keys that are null, or the others. The value of each record is the index of its key.
     *
     * @param missing whether to send those that are null, which is kcat's meaning of an empty key with the option -Z
     */
    private void send(Librdkafka partitioner, String topic, List<byte @Nullable []> keys, boolean missing)
            throws IOException, InterruptedException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int i = 0; i < keys.size(); i++) {
            byte[] key = keys.get(i);
            if ((key == null) == missing) {
                records.writeBytes(key == null ? new byte[0] : key);
                records.writeBytes((KEY_ENDS + i + RECORD_ENDS).getBytes(UTF_8));
            }
        }
        Path file = Files.write(folder.resolve("records"), records.toByteArray());
        List<String> command = new ArrayList<>(
                List.of("kcat", "-P", "-b", broker.bootstrapServers(), "-t", topic, "-K", KEY_ENDS, "-D", RECORD_ENDS));
        if (missing) {
            command.add("-Z");
        }
        partitioner.settings().forEach(setting -> command.addAll(List.of("-X", setting)));
        command.addAll(List.of("-l", file.toString()));
        Command.Result kcat = Command.run(folder, command.toArray(String[]::new));
        assertThat(kcat.exitCode()).as(kcat.output()).isZero();
    }
}
