// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a worker's own converters write the values, and that a value which they cannot write ends no task. */
@Timeout(180)
class ConnectWorkerTest {
    private static final String LINES = """
            {"a":9.90,"b":[1E+2,-0.0]}
            {"a":12345678901234567890}
            {"a":0.1234567890123456789}
            7
            """;

    @TempDir
    private Path folder;

    @Test
    void numbersAndTextReachTheTopicAsTheyAreInTheFile() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("numbers.jsonl"), LINES);
        Files.writeString(files.resolve("lines.log"), "grün\nzwei\n");
        Path plugins = PluginArchives.unpack(folder.resolve("plugins"), List.of("text", "json"));
        List<Map<String, String>> connectors = List.of(
                connector("exact", "Json", files, Map.of("value.converter", "ExactJsonConverter")),
                connector(
                        "plain",
                        "Json",
                        files,
                        Map.of(
                                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                                "value.converter.schemas.enable", "false")),
                connector("lines", "Text", files, Map.of("include", "*.log")));
        try (LocalBroker broker = LocalBroker.start()) {
            try (ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
                for (String topic : List.of("exact", "plain", "lines")) {
                    admin.createTopic(topic, 1);
                }
            }
            try (StandaloneWorker worker =
                    StandaloneWorker.start(folder, broker.bootstrapServers(), plugins.toString(), connectors)) {
                assertThat(values(worker, broker, "exact", 4))
                        .containsExactlyElementsOf(LINES.lines().toList());
                assertThat(values(worker, broker, "lines", 2)).containsExactly("grün", "zwei");
                assertThat(values(worker, broker, "plain", 2)).containsExactly("{\"a\":9.9,\"b\":[100.0,-0.0]}", "7");

                Files.writeString(files.resolve("later.jsonl"), "8\n");

                assertThat(values(worker, broker, "plain", 3)).endsWith("8");
                assertThat(worker.log())
                        .contains("numbers.jsonl, line 2: a number has more digits than a long or a double")
                        .contains("numbers.jsonl, line 3: a number has more digits than a long or a double");
            }
        }
    }

    private static Map<String, String> connector(String name, String format, Path path, Map<String, String> others) {
        Map<String, String> connector = new HashMap<>(others);
        connector.put("name", name);
        connector.put("topic", name);
        connector.put("connector.class", format + "SourceConnector");
        connector.put("path", path.toString());
        connector.put("scan.interval.ms", "100");
        return connector;
    }

    private static List<String> values(StandaloneWorker worker, LocalBroker broker, String topic, int count)
            throws IOException {
        List<String> values = new ArrayList<>();
        Map<String, Object> keys = Map.of("bootstrap.servers", broker.bootstrapServers());
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(keys, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(Duration.ofSeconds(90)).until(() -> {
                assertThat(worker.isAlive()).as("%s", worker.log()).isTrue();
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
                return values.size() >= count;
            });
        }
        return values;
    }
}
