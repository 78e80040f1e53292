// SPDX-License-Identifier: Apache-2.0
package com.example.logs;

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
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Publishes the logs of a folder while they are written and rotated, until Ctrl-C. */
public final class LogCollector {
    private static final int STATUS_SECONDS = 1;

    private LogCollector() {}

    public static void main(String... args) throws Exception {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        Path folder = Path.of(args.length > 1 ? args[1] : "target/logs");
        Files.createDirectories(folder);
        Map<String, String> connector = read(Path.of("logs.properties"));
        connector.put("path", folder.toString());
        String machine = InetAddress.getLocalHost().getHostName();
        connector.put("transforms.host.value.literal", machine);
        connector.put("name", connector.get("name") + "-" + machine); // a second one of this name would take over
        CountDownLatch end = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                main.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        collect(bootstrap, connector, end);
    }

    // region collect
    private static void collect(String bootstrap, Map<String, String> connector, CountDownLatch end)
            throws InterruptedException {
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.put("bootstrap.servers", bootstrap);
        config.put("topics.management", "create");
        config.put("application.id", "log-collector");
        config.put("application.instance.id", connector.get("name"));
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connector(connector)
                        .offsets(OffsetStorage.inTopic("logs-offsets", Map.of("bootstrap.servers", bootstrap)))
                        .listener(new Failures(end))
                        .start()) {
            long stored = -1;
            do {
                List<TaskStatus> tasks = host.status(connector.get("name")).tasks();
                long records = tasks.stream().mapToLong(TaskStatus::records).sum();
                if (records != stored) {
                    stored = records;
                    System.out.printf("%,d records stored%n", stored);
                }
            } while (!end.await(STATUS_SECONDS, TimeUnit.SECONDS));
        }
    }

    /** Shows rejected input and failures, and ends the wait when a task has failed for good. */
    private record Failures(CountDownLatch end) implements HostListener {
        @Override
        public void rejected(String connector, String source, String position, String reason) {
            System.err.printf("%s %s: %s%n", source, position, reason);
        }

        @Override
        public void taskFailed(String connector, int task, ConnectorFailedException reason, boolean restarts) {
            System.err.println(reason.getMessage());
            if (!restarts) {
                end.countDown();
            }
        }
    }
    // endregion

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}
