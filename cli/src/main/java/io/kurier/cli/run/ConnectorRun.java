// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.plugins.host.ConnectorFailedException;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.ConnectorHostBuilder;
import io.kurier.plugins.host.ConnectorStatus;
import io.kurier.plugins.host.OffsetStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs connectors until they have nothing left to do or the calling thread is interrupted, and stops them in order. */
public final class ConnectorRun {
    /** The maximum time that the connectors get to have their records acknowledged. */
    public static final Duration MOST_STOPPING = Duration.ofSeconds(25);

    /** The maximum time that the publisher gets after that. */
    public static final Duration MOST_CLOSING = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Options options;
    private final RunListener listener;
    private final WatchedOffsets offsets;

    /**
     * What to run.
     *
     * @param connectors each connector's properties
     * @param pluginPath folders of plugins besides the class path, separated by commas; null for none
     * @param drain whether to end when all input is read and stored
     * @param offsetsShown where offsets are stored, for people
     * @param interval how often rates are computed
     */
    public record Options(
            List<Map<String, String>> connectors,
            @Nullable String pluginPath,
            boolean drain,
            String offsetsShown,
            Duration interval) {
        /** Copies the list. */
        public Options {
            connectors = List.copyOf(connectors);
        }
    }

    /** Prepares a run. */
    public ConnectorRun(Options options, OffsetStorage offsets, RunListener listener) {
        this.options = options;
        this.listener = listener;
        this.offsets = new WatchedOffsets(offsets, listener);
    }

    /**
     * Runs the connectors and closes the publisher.
     *
     * @throws io.kurier.StartException if one of them does not start
     * @throws io.kurier.plugins.host.OffsetStorageException if the offsets cannot be read
     */
    public RunResult run(Publisher publisher) {
        long started = System.nanoTime();
        ActivityMeter meter = new ActivityMeter(started);
        boolean interrupted = false;
        List<String> problems = new ArrayList<>();
        List<ConnectorActivity> atTheEnd;
        List<ConnectorStatus> afterwards;
        try (publisher) {
            RunEvents events = new RunEvents(listener);
            ConnectorHostBuilder builder = ConnectorHost.builder(publisher)
                    .connectors(options.connectors)
                    .offsets(offsets)
                    .listener(events);
            if (options.pluginPath != null) {
                builder.pluginPath(options.pluginPath);
            }
            ConnectorHost host = builder.start();
            try (host) {
                listener.started(
                        host.status().stream().map(ConnectorStatus::name).toList(), options.offsetsShown);
                events.begin();
                try {
                    watch(host, meter);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                atTheEnd = meter.measure(host.status(), System.nanoTime(), false);
                host.close(MOST_STOPPING);
                afterwards = host.status();
            }
            CloseReport report = publisher.close(MOST_CLOSING);
            if (report.open() > 0 || report.unknown() > 0) {
                problems.add("the outcome of " + (report.open() + report.unknown())
                        + " records is unknown; they are published again when the connectors run again");
            }
        }
        afterwards.stream()
                .filter(status -> status.state() == ConnectorStatus.State.RUNNING)
                .forEach(status -> problems.add("connector " + status.name() + " did not stop within "
                        + MOST_STOPPING.toSeconds()
                        + " s; records behind its stored offsets are published again when it runs again"));
        if (!offsets.areStored()) {
            problems.add("not all source offsets are stored; records behind the stored ones are published again when"
                    + " the connectors run again");
        }
        long nanos = System.nanoTime();
        return new RunResult(
                stopped(atTheEnd, meter.measure(afterwards, nanos, false)),
                Duration.ofNanos(nanos - started),
                interrupted,
                problems);
    }

    /** Returns the last numbers, with the failures before the connectors were stopped. */
    private static List<ConnectorActivity> stopped(List<ConnectorActivity> before, List<ConnectorActivity> after) {
        Set<String> failed = new HashSet<>();
        before.stream().filter(ConnectorActivity::failed).forEach(connector -> failed.add(connector.name()));
        return after.stream()
                .map(connector -> failed.contains(connector.name()) ? connector.asFailed() : connector)
                .toList();
    }

    private void watch(ConnectorHost host, ActivityMeter meter) throws InterruptedException {
        CountDownLatch drained = options.drain ? drained(host) : new CountDownLatch(1);
        long next = System.nanoTime() + options.interval.toNanos();
        while (!drained.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS)) {
            long now = System.nanoTime();
            boolean periodic = now - next >= 0;
            next = periodic ? now + options.interval.toNanos() : next;
            List<ConnectorActivity> connectors = meter.measure(host.status(), now, periodic);
            listener.running(connectors, periodic);
            if (!options.drain && connectors.stream().allMatch(ConnectorActivity::ended)) {
                return;
            }
        }
    }

    /** Returns a latch that is open when every connector has read its input, or has failed for good. */
    private static CountDownLatch drained(ConnectorHost host) {
        List<ConnectorStatus> connectors = host.status();
        CountDownLatch drained = new CountDownLatch(connectors.size());
        for (ConnectorStatus connector : connectors) {
            Thread waiting = new Thread(
                    () -> {
                        try {
                            host.awaitDrained(connector.name());
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        } catch (ConnectorFailedException e) {
                            // its status says so
                        } finally {
                            drained.countDown();
                        }
                    },
                    "kurier-run-wait-" + connector.name());
            waiting.setDaemon(true);
            waiting.start();
        }
        return drained;
    }
}
