// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source connector reads a folder to its end, in the host, with the connect-api of the clients' version. */
class HostTest {
    private static final int LINES = 500;

    @Test
    void aTextConnectorPublishesAFolder(@TempDir Path folder) throws Exception {
        List<String> lines =
                IntStream.range(0, LINES).mapToObj(i -> "line " + i).toList();
        Files.write(folder.resolve("a.log"), lines);
        String topic = Cluster.unusedName("host");
        List<Map<String, String>> connectors = List.of(Map.of(
                "name", "text",
                "connector.class", "TextSourceConnector",
                "path", folder.toString(),
                "topic", topic,
                "scan.interval.ms", "20",
                "topic.creation.default.partitions", "1"));
        Map<String, String> config = new HashMap<>(HostTopics.declare(connectors));
        config.put("bootstrap.servers", Cluster.BOOTSTRAP_SERVERS);
        config.put("topics.management", "create");
        CloseReport report;
        try (Publisher publisher = Cluster.start(config)) {
            try (ConnectorHost host = ConnectorHost.start(publisher, connectors, HostListener.NONE)) {
                host.awaitDrained();
            }
            report = publisher.close(Duration.ofSeconds(30));
        }
        assertThat(Cluster.values(topic)).isEqualTo(lines);
        assertThat(report).isEqualTo(new CloseReport(LINES, LINES, 0, 0, 0));
    }
}
