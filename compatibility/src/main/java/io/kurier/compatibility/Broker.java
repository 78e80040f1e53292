// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A broker of any version since 3.9 as a process: one KRaft node on 127.0.0.1, started as an operator starts it.
 * {@code kurier-broker} supports one version only.
 */
final class Broker implements AutoCloseable {
    private static final String STARTED = "Kafka Server started";
    private static final String CLUSTER_ID = "a3VyaWVyLW1hdHJpeC0wMQ";
    private static final Duration FORMAT_LIMIT = Duration.ofSeconds(60);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final long LOOK_MILLIS = 100;
    private static final int ATTEMPTS = 2;

    /** For a small, fast, single broker. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "CLIENT"),
            Map.entry("listener.security.protocol.map", "CLIENT:PLAINTEXT,RELAYED:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"));

    private final Children children;
    private final String version;
    private final String classPath;
    private final Path logs;
    private final Path folder;
    private final Ports ports;
    private final Process process;

    private Broker(Children children, String version, String classPath, Path logs)
            throws IOException, InterruptedException {
        this.children = children;
        this.version = version;
        this.classPath = classPath;
        this.logs = logs;
        folder = Files.createTempDirectory("kurier-compatibility-");
        // if this JVM is ended from outside, this runs after the hook that ends the children, or concurrently
        Runtime.getRuntime().addShutdownHook(new Thread(this::deleteFolder, "delete-" + folder.getFileName()));
        ports = Ports.free();
        process = startInFolder();
    }

    /**
     * Starts a broker and waits until its output reports the start. A second attempt uses other ports.
     *
     * @param logs the folder for its output
     * @throws IOException if it does not start
     */
    static Broker start(Children children, String version, String classPath, Path logs)
            throws IOException, InterruptedException {
        IOException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return new Broker(children, version, classPath, logs);
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw new IOException("the broker " + version + " does not start", failure);
    }

    private Process startInFolder() throws IOException, InterruptedException {
        try {
            String properties = writeProperties();
            Path formatLog = logs.resolve("format-" + version + ".log");
            Process format = children.start(
                    formatLog,
                    classPath,
                    List.of("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", properties));
            if (!children.await(format, FORMAT_LIMIT) || format.exitValue() != 0) {
                throw new IOException("its folder cannot be formatted; see " + formatLog);
            }
            Process started = children.start(
                    log(),
                    classPath,
                    List.of(
                            "-Xmx512m",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                            "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                            "kafka.Kafka",
                            properties));
            awaitStart(started);
            return started;
        } catch (IOException e) {
            deleteFolder();
            throw e;
        }
    }

    private String writeProperties() throws IOException {
        Properties all = new Properties();
        all.putAll(PROPERTIES);
        all.setProperty("log.dirs", folder.resolve("data").toString());
        all.setProperty("controller.quorum.voters", "1@127.0.0.1:" + ports.controller());
        all.setProperty(
                "listeners",
                "CLIENT://127.0.0.1:" + ports.client() + ",RELAYED://127.0.0.1:" + ports.relayed()
                        + ",CONTROLLER://127.0.0.1:" + ports.controller());
        all.setProperty(
                "advertised.listeners",
                "CLIENT://127.0.0.1:" + ports.client() + ",RELAYED://127.0.0.1:" + ports.relay());
        Path file = folder.resolve("server.properties");
        try (var out = Files.newOutputStream(file)) {
            all.store(out, null);
        }
        return file.toString();
    }

    private void awaitStart(Process started) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.readString(log(), StandardCharsets.UTF_8).contains(STARTED)) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                String how = started.isAlive() ? "has not started in " + START_LIMIT.toSeconds() + " s" : "has ended";
                children.kill(started);
                throw new IOException("it " + how + "; see " + log());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private Path log() {
        return logs.resolve("broker-" + version + ".log");
    }

    /** Returns the system properties for the process of a cell. */
    List<String> systemProperties() {
        return List.of(
                "-Dcompatibility.broker=" + version,
                "-Dcompatibility.bootstrap.servers=127.0.0.1:" + ports.client(),
                "-Dcompatibility.relay.port=" + ports.relay(),
                "-Dcompatibility.relayed.port=" + ports.relayed());
    }

    @Override
    public void close() throws InterruptedException {
        children.kill(process);
        deleteFolder();
    }

    private void deleteFolder() {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // deleted meanwhile
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's folder " + folder + " cannot be deleted", e);
        }
    }
}
