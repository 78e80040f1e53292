// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kurier's converter, from the folder that {@code mvn package} makes of it, beside a connector of the class path. */
@WithKafka
@Timeout(120)
class ConverterFromFolderTest {
    private static final Path FOLDERS = Path.of("../connect/target/connect");

    private final LocalBroker broker;
    private final TestTopics topics;

    @TempDir
    Path folder = Path.of("");

    ConverterFromFolderTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void convertsTheRecordsOfAConnectorOfTheClassPath() throws Exception {
        assumeTrue(Files.isDirectory(FOLDERS), "mvn package makes the folder");
        Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
        String topic = topics.unusedName("converted");
        Map<String, String> connector = Map.of(
                "name", "lines",
                "connector.class", "TextSourceConnector",
                "path", folder.toString(),
                "topic", topic,
                "value.converter", "KurierConverter",
                "value.converter.serializer", "json",
                "topic.creation.default.partitions", "1");
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector), FOLDERS.toString()));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connector(connector)
                        .pluginPath(FOLDERS.toString())
                        .start()) {
            host.awaitDrained();
        }
        assertThat(topics.readAll(topic, new StringDeserializer(), new StringDeserializer()))
                .extracting(ConsumerRecord::value)
                .containsExactly("\"one\"", "\"two\"");
    }
}
