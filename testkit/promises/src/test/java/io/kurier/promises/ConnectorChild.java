// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorFailedException;
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

/** What the main programs of processes with a connector have in common. */
final class ConnectorChild {
    static final String READY = "ready";
    static final String STORED = "stored";

    /** Reported when a task has failed because another process has taken it over. */
    static final String FENCED = "fenced";

    /** Stands for the file of offsets: records and offsets are stored exactly once, in transactions. */
    static final String EXACTLY_ONCE = "exactly-once";

    private ConnectorChild() {}

    /**
     * Runs a connector until the parent wants the end, and all of its input is published.
     *
     * @param offsets the file of offsets, or {@link #EXACTLY_ONCE}
     * @param flushInterval how often the file is written
     */
    static void run(
            Parent parent,
            String bootstrapServers,
            String offsets,
            Duration flushInterval,
            Map<String, String> properties)
            throws InterruptedException {
        Map<String, String> connector = new HashMap<>(properties);
        OffsetStorage storage;
        if (offsets.equals(EXACTLY_ONCE)) {
            connector.put("exactly.once.support", "required");
            connector.put("transaction.boundary", "interval"); // a kill meets one of many transactions
            connector.put("transaction.boundary.interval.ms", "50");
            storage = OffsetStorage.inTopic("source-offsets", Map.of("bootstrap.servers", bootstrapServers));
        } else {
            storage = OffsetStorage.inFile(Path.of(offsets));
        }
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        if (offsets.equals(EXACTLY_ONCE)) {
            config.put("application.id", "promises");
            config.put("producer.interceptor.classes", FailpointInterceptor.class.getName());
        }
        config.put("bootstrap.servers", bootstrapServers);
        config.put("topics.management", "create");
        AtomicLong stored = new AtomicLong();
        HostListener listener = new HostListener() {
            @Override
            public void published(String name, SourceRecord record, Receipt receipt) {
                parent.say(STORED, stored.incrementAndGet());
            }

            @Override
            public void taskFailed(String name, int task, ConnectorFailedException reason, boolean restarts) {
                if (String.valueOf(reason.getMessage()).contains("another host has taken this task over")) {
                    parent.say(FENCED, task);
                }
            }
        };
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connector(connector)
                        .offsets(storage)
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
