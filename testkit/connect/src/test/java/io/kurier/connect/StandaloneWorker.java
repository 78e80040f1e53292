// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Kafka's {@code ConnectStandalone} in a process of its own. It finds only the connectors of its {@code plugin.path}.
 */
final class StandaloneWorker implements AutoCloseable {
    private static final int MOST_SECONDS = 30;

    private final Process process;
    private final Path log;

    private StandaloneWorker(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a worker with connectors.
     *
     * @param folder the folder for its files
     * @param pluginPath folders with one folder per plugin
     * @param connectors their properties, each with a {@code name}
     */
    static StandaloneWorker start(
            Path folder, String bootstrapServers, String pluginPath, List<Map<String, String>> connectors)
            throws IOException {
        Map<String, String> worker = Map.of(
                "bootstrap.servers", bootstrapServers,
                "listeners", "http://127.0.0.1:0",
                "offset.storage.file.filename", folder.resolve("offsets").toString(),
                "plugin.path", pluginPath,
                "plugin.discovery", "service_load",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.storage.StringConverter");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                PluginArchives.classPathOfAWorker(),
                "org.apache.kafka.connect.cli.ConnectStandalone",
                write(folder.resolve("worker.properties"), worker).toString()));
        for (Map<String, String> connector : connectors) {
            command.add(write(folder.resolve(connector.get("name") + ".properties"), connector)
                    .toString());
        }
        Path log = folder.resolve("worker.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new StandaloneWorker(process, log);
    }

    private static Path write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(new TreeMap<>(settings));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
