// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Publishes files of all formats through one publisher, reads them back, and tells what differs. */
public final class Demo {
    private static final Duration MOST_CLOSING = Duration.ofSeconds(60);

    private final String bootstrap;
    private final DemoInput input;
    private final LongConsumer progress;

    /**
     * A demo that has not run yet.
     *
     * @param bootstrap the address of a broker
     * @param input what to publish
     * @param progress told how many bytes were published, again and again, from several threads
     */
    public Demo(String bootstrap, DemoInput input, LongConsumer progress) {
        this.bootstrap = bootstrap;
        this.input = input;
        this.progress = progress;
    }

    /** Runs it. */
    public DemoResult run() throws InterruptedException {
        List<Map<String, String>> connectors = Arrays.stream(Format.values())
                .map(format -> format.connector(input.folder()))
                .toList();
        try (Publisher publisher = Kurier.start(config(connectors));
                ReadBack readBack = new ReadBack(bootstrap)) {
            Map<Format, Watch> watches = publish(publisher, connectors);
            CloseReport report = publisher.close(MOST_CLOSING);
            return verify(watches, readBack, report);
        }
    }

    private Map<String, String> config(List<Map<String, String>> connectors) {
        Map<String, String> config = new HashMap<>(HostTopics.declare(connectors));
        config.put("bootstrap.servers", bootstrap);
        config.put("topics.management", "create");
        config.put("topics." + Format.TEXT.topic() + ".partitioner", "round-robin");
        return config;
    }

    private Map<Format, Watch> publish(Publisher publisher, List<Map<String, String>> connectors)
            throws InterruptedException {
        Map<Format, Watch> watches = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            watches.put(format, new Watch(format, input, progress));
        }
        Map<String, Watch> byConnector = new HashMap<>();
        watches.forEach((format, watch) -> byConnector.put(format.word(), watch));
        try (ConnectorHost host = ConnectorHost.start(publisher, connectors, new Dispatch(byConnector))) {
            host.awaitDrained();
        }
        return watches;
    }

    private DemoResult verify(Map<Format, Watch> watches, ReadBack readBack, CloseReport report) {
        List<FormatResult> results = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        watches.forEach((format, watch) -> {
            List<String> found = new ArrayList<>(watch.overlooked());
            found.addAll(readBack.check(format, watch.ledger()));
            results.add(watch.result(found.isEmpty()));
            rejections.addAll(watch.rejections());
            differences.addAll(found);
        });
        long records = results.stream().mapToLong(FormatResult::records).sum();
        if (records != report.stored()) {
            differences.add("the publisher reports " + report.stored() + " records stored, and " + records
                    + " receipts were counted");
        }
        return new DemoResult(
                results, input.skipped(), rejections.stream().distinct().toList(), differences);
    }
}
