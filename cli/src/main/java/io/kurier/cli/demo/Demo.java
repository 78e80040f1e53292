// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.CloseReport;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes files of all formats through one publisher, reads them back, and reports the differences. */
public final class Demo {
    private static final Duration MOST_CLOSING = Duration.ofSeconds(60);
    /** A broker that does not respond for this time is considered lost; Kafka's two minutes are for servers. */
    private static final Duration MOST_SILENCE = Duration.ofSeconds(20);

    /** The maximum time until a file that existed at the start is no longer being written. */
    private static final Duration MOST_UNREST = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final String bootstrap;
    private final DemoInput input;
    private final DemoListener listener;

    /**
     * Creates a demo.
     *
     * @param bootstrap the address of a broker
     * @param input the files to publish
     * @param listener receives the progress
     */
    public Demo(String bootstrap, DemoInput input, DemoListener listener) {
        this.bootstrap = bootstrap;
        this.input = input;
        this.listener = listener;
    }

    /**
     * Runs it.
     *
     * @throws io.kurier.StartException if the broker does not respond, or its topics differ from the demo's
     * @throws DemoFailedException if the broker is lost while the demo publishes
     */
    public DemoResult run() throws InterruptedException {
        List<Map<String, String>> connectors = Arrays.stream(Format.values())
                .map(format -> format.connector(input.folder()))
                .toList();
        try (Publisher publisher = Kurier.start(config(connectors));
                ReadBack readBack = new ReadBack(bootstrap, listener)) {
            Map<Format, FormatMonitor> watches = publish(publisher, connectors);
            CloseReport report = publisher.close(MOST_CLOSING);
            listener.publishedAll();
            DemoResult result = verify(watches, readBack, report);
            listener.verifiedAll();
            return result;
        }
    }

    private Map<String, String> config(List<Map<String, String>> connectors) {
        Map<String, String> config = new HashMap<>(HostTopics.declare(connectors));
        config.put("bootstrap.servers", bootstrap);
        config.put("topics.management", "create");
        config.put("publish.max.wait.ms", String.valueOf(MOST_SILENCE.toMillis()));
        config.put("producer.request.timeout.ms", String.valueOf(MOST_SILENCE.toMillis() / 2));
        config.put("producer.delivery.timeout.ms", String.valueOf(MOST_SILENCE.toMillis()));
        for (Format format : Format.values()) {
            format.topicKeys().forEach((key, value) -> config.put("topics." + format.topic() + "." + key, value));
        }
        return config;
    }

    private Map<Format, FormatMonitor> publish(Publisher publisher, List<Map<String, String>> connectors)
            throws InterruptedException {
        Map<Format, FormatMonitor> watches = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            watches.put(format, new FormatMonitor(format, input, listener));
        }
        Map<String, FormatMonitor> byConnector = new HashMap<>();
        watches.forEach((format, monitor) -> byConnector.put(format.word(), monitor));
        try (ConnectorHost host = ConnectorHost.start(publisher, connectors, new ListenerRouter(byConnector))) {
            awaitAllRead(host, publisher, watches.values());
        }
        return watches;
    }

    /**
     * Waits until the connectors have read all input, and then for files that existed at the start and are still
     * missing: a file that another process is writing, or the beginning of its last line.
     */
    private void awaitAllRead(ConnectorHost host, Publisher publisher, Collection<FormatMonitor> watches)
            throws InterruptedException {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        Thread waiting = new Thread(
                () -> {
                    try {
                        host.awaitDrained();
                        drained.complete(null);
                    } catch (InterruptedException | RuntimeException e) {
                        drained.completeExceptionally(e);
                    }
                },
                "kurier-demo-wait");
        waiting.setDaemon(true);
        waiting.start();
        long patience = MOST_UNREST.toNanos();
        while (!hasDrained(drained) || (patience > 0 && watches.stream().anyMatch(FormatMonitor::hasOverlooked))) {
            endIfBrokerIsLost(publisher, watches);
            if (drained.isDone()) {
                TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
                patience -= BETWEEN_LOOKS.toNanos();
            }
        }
    }

    /** Waits a short time for the connectors; fails if one of them has failed. */
    private static boolean hasDrained(CompletableFuture<Void> drained) throws InterruptedException {
        try {
            drained.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void endIfBrokerIsLost(Publisher publisher, Collection<FormatMonitor> watches) {
        for (FormatMonitor monitor : watches) {
            PublishException reason = monitor.lost();
            if (reason != null) {
                publisher.close(Duration.ZERO); // otherwise the tasks would wait for acknowledgments that do not arrive
                long stored = watches.stream().mapToLong(FormatMonitor::stored).sum();
                throw new DemoFailedException(
                        "the broker at " + bootstrap + " was lost after " + stored + " records were stored: "
                                + reason.getMessage(),
                        reason);
            }
        }
    }

    private DemoResult verify(Map<Format, FormatMonitor> watches, ReadBack readBack, CloseReport report) {
        List<FormatResult> results = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        watches.forEach((format, monitor) -> {
            List<String> found = new ArrayList<>(monitor.overlooked());
            found.addAll(monitor.check(readBack));
            results.add(monitor.result(found.isEmpty()));
            rejections.addAll(monitor.rejections());
            differences.addAll(found);
        });
        long stored = watches.values().stream().mapToLong(FormatMonitor::stored).sum();
        if (stored != report.stored()) {
            differences.add("the publisher reports " + report.stored() + " records stored, and " + stored
                    + " receipts were counted");
        }
        return new DemoResult(results, input.skipped(), rejections, differences);
    }
}
