// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.OffsetStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;

/** The main program of a process that publishes the files of a folder as blobs, and keeps its offsets in a file. */
final class MediaChild {
    static final String TOPIC = "films";
    static final String STORED = "stored";

    private MediaChild() {}

    /** Arguments: the broker's address, the folder, the file of offsets. */
    public static void main(String[] arguments) throws Exception {
        Parent parent = Parent.connect();
        List<Map<String, String>> connectors = List.of(Map.of(
                "name", "films",
                "connector.class", "MediaSourceConnector",
                "path", arguments[1],
                "topic", TOPIC,
                "scan.interval.ms", "20",
                "batch.records", "10",
                "chunk.bytes", "20000",
                "topic.creation.default.partitions", "1"));
        Map<String, String> config = new HashMap<>(HostTopics.declare(connectors));
        config.put("bootstrap.servers", arguments[0]);
        config.put("topics.management", "create");
        // a file is not read to its end while its first chunks are under way
        config.put("producer.buffer.memory", "500000");
        AtomicLong stored = new AtomicLong();
        HostListener listener = new HostListener() {
            @Override
            public void published(String connector, SourceRecord record, Receipt receipt) {
                parent.say(STORED, stored.incrementAndGet());
            }
        };
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connectors(connectors)
                        .offsets(OffsetStorage.inFile(Path.of(arguments[2])))
                        .offsetFlushInterval(Duration.ofMillis(20))
                        .listener(listener)
                        .start()) {
            while (!parent.wantsTheEnd()) {
                Thread.sleep(10);
            }
            host.awaitDrained();
        }
    }
}
