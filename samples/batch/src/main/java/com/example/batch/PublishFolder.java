// SPDX-License-Identifier: Apache-2.0
package com.example.batch;

import io.kurier.Publisher;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorFailedException;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.ConnectorStatus.TaskStatus;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.OffsetStorage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/** Publishes a folder of Avro files, shows how far it is, and continues there if it was killed. */
public final class PublishFolder {
    private static final int PROGRESS_MS = 500;

    private final Map<String, String> connector;
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();

    /** Of one thread at a time: the clock, and the main thread when the clock has ended. */
    private long shown;

    private PublishFolder(Map<String, String> connector) {
        this.connector = connector;
    }

    /** Exits with 0 if all records are stored, and with 1 if something was left out or the connector has failed. */
    public static void main(String... args) throws Exception {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        Path folder = Path.of(args.length > 1 ? args[1] : "target/orders");
        if (Files.notExists(folder)) {
            OrderFiles.write(folder, 50, 20_000);
        }
        Map<String, String> connector = read(Path.of("orders.properties"));
        connector.put("path", folder.toString());
        boolean complete = new PublishFolder(connector).publish(bootstrap);
        System.exit(complete ? 0 : 1);
    }

    // region publish
    private boolean publish(String bootstrap) throws Exception {
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.put("bootstrap.servers", bootstrap);
        config.put("topics.management", "create");
        config.put("application.id", "publish-folder");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connector(connector)
                        .offsets(OffsetStorage.inTopic(
                                "archived-orders-offsets", Map.of("bootstrap.servers", bootstrap)))
                        .listener(new Events())
                        .start()) {
            clock.scheduleAtFixedRate(() -> show(host), PROGRESS_MS, PROGRESS_MS, TimeUnit.MILLISECONDS);
            host.awaitDrained();
            clock.shutdown();
            clock.awaitTermination(1, TimeUnit.MINUTES);
            show(host);
        } catch (ConnectorFailedException e) {
            System.out.println("ended by an error: " + e.getMessage());
            return false;
        } finally {
            clock.shutdownNow();
        }
        System.out.printf("done: %d files with new records, %d parts left out%n", finished.get(), rejected.get());
        return rejected.get() == 0;
    }
    // endregion

    private void show(ConnectorHost host) {
        List<TaskStatus> tasks = host.status().get(0).tasks();
        long records = sum(tasks, TaskStatus::records);
        if (records != shown) {
            shown = records;
            System.out.printf(
                    "%d files read, %,d records with %,d bytes stored, %,d bytes to read%n",
                    finished.get(),
                    records,
                    sum(tasks, TaskStatus::bytes),
                    sum(tasks, task -> Math.max(0, task.remainingBytes())));
        }
    }

    private static long sum(List<TaskStatus> tasks, ToLongFunction<TaskStatus> number) {
        return tasks.stream().mapToLong(number).sum();
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    private final class Events implements HostListener {
        @Override
        public void finished(String name, String source, long records, long bytes) {
            if (records > 0) {
                finished.incrementAndGet();
            }
        }

        @Override
        public void rejected(String name, String source, String position, String reason) {
            rejected.incrementAndGet();
            System.out.printf("left out: %s %s: %s%n", source, position, reason);
        }
    }
}
