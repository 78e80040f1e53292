// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Kafka's {@code ConnectDistributed} in a process of its own, a member of the cluster {@code workers}. It finds only the
 * plugins of its {@code plugin.path}, and publishes exactly once.
 */
final class DistributedWorker implements AutoCloseable {
    private static final int MOST_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final int port;

    private DistributedWorker(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts a worker; {@link WorkerRest#awaitReady} waits for it.
     *
     * @param folder the folder for its files
     * @param name how its files are named
     * @param pluginPath the folder of folders with plugins
     */
    static DistributedWorker start(Path folder, String name, String bootstrapServers, Path pluginPath)
            throws IOException {
        int port = freePort();
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        PluginArchives.classPathOfAWorker(),
                        "org.apache.kafka.connect.cli.ConnectDistributed",
                        write(folder.resolve(name + ".properties"), settings(port, bootstrapServers, pluginPath))
                                .toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new DistributedWorker(process, log, port);
    }

    private static Map<String, String> settings(int port, String bootstrapServers, Path pluginPath) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "workers");
        settings.put("listeners", "http://127.0.0.1:" + port);
        settings.put("plugin.path", pluginPath.toString());
        settings.put("plugin.discovery", "service_load");
        settings.put("exactly.once.source.support", "enabled");
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        for (String topic : List.of("config", "offset", "status")) {
            settings.put(topic + ".storage.topic", "connect-" + topic + "s");
            settings.put(topic + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        // a worker that was killed is missed after this time, which is the shortest that brokers accept
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "1000");
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        return settings;
    }

    private static Path write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(new TreeMap<>(settings));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the address of its REST API, such as {@code http://127.0.0.1:8083}. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as an administrator does, with SIGTERM. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
