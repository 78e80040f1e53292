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

/** What the main programs of processes with a connector have in common; its offsets are kept in a file. */
final class ConnectorChild {
    static final String READY = "ready";
    static final String STORED = "stored";

    private ConnectorChild() {}

    /** Runs a connector until the parent wants the end, and all of its input is published. */
    static void run(
            Parent parent, String bootstrapServers, Path offsets, Duration flushInterval, Map<String, String> connector)
            throws InterruptedException {
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.put("bootstrap.servers", bootstrapServers);
        config.put("topics.management", "create");
        AtomicLong stored = new AtomicLong();
        HostListener listener = new HostListener() {
            @Override
            public void published(String name, SourceRecord record, Receipt receipt) {
                parent.say(STORED, stored.incrementAndGet());
            }
        };
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connector(connector)
                        .offsets(OffsetStorage.inFile(offsets))
                        .offsetFlushInterval(flushInterval)
                        .listener(listener)
                        .start()) {
            parent.say(READY, 0);
            while (!parent.wantsTheEnd()) {
                Thread.sleep(10);
            }
            host.awaitDrained();
        }
    }
}
