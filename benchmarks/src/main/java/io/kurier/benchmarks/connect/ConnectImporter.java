// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import io.kurier.benchmarks.ProducerSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Kafka Connect's standalone worker with the file connector that Kafka brings, from a folder of its plugin path. */
final class ConnectImporter implements Importer {
    /** The settings of the worker's producer; it has {@code acks=all} and one request in flight itself. */
    private static final List<String> PRODUCER =
            List.of("compression.type", "batch.size", "linger.ms", "buffer.memory");

    private static final String CONNECTOR_JAR = "connect-file-";

    private final String bootstrap;
    private final List<Path> jars;
    private final boolean defaults;

    /**
     * Creates the importer.
     *
     * @param jars the class path on which the worker and the connector are
     * @param defaults whether the worker's producer has the worker's defaults, and not the settings of the others
     */
    ConnectImporter(String bootstrap, List<Path> jars, boolean defaults) {
        this.bootstrap = bootstrap;
        this.jars = jars;
        this.defaults = defaults;
    }

    /** Returns the class path of this JVM, with the jars of a folder if there is one. */
    static List<Path> jars(String folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.add(Path.of(entry));
        }
        if (!folder.isEmpty()) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                jars.addAll(files.sorted().toList());
            }
        }
        return jars;
    }

    @Override
    public String row() {
        return defaults ? ConnectBenchmark.CONNECT_DEFAULTS : ConnectBenchmark.CONNECT;
    }

    @Override
    public boolean reads(Input.Kind kind) {
        return kind.isLines();
    }

    @Override
    public Use run(Input input, TopicLog log, Path folder) throws IOException {
        Path plugins = folder.resolve("plugins");
        Path plugin = Files.createDirectories(plugins.resolve("connect-file"));
        Path connector = connectorJar();
        Files.copy(connector, plugin.resolve(connector.getFileName()));
        String worker = Jvm.properties(folder.resolve("worker.properties"), worker(plugins, folder));
        String source = Jvm.properties(
                folder.resolve("connector.properties"),
                Map.of(
                        "name", "file",
                        "connector.class", "FileStreamSource",
                        "tasks.max", "1",
                        "file", input.path().toString(),
                        "topic", log.topic()));
        List<String> command = Jvm.command(List.of(), "org.apache.kafka.connect.cli.ConnectStandalone", worker, source);
        try (ImportProcess process = ImportProcess.start(command, classPath(), folder)) {
            return process.untilStored(log, input.records());
        }
    }

    private Map<String, String> worker(Path plugins, Path folder) {
        Map<String, String> worker = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrap,
                "listeners", "http://127.0.0.1:0",
                "offset.storage.file.filename", folder.resolve("offsets").toString(),
                "plugin.path", plugins.toString(),
                "plugin.discovery", "service_load",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.storage.StringConverter"));
        if (!defaults) {
            worker.putAll(producer());
        }
        return worker;
    }

    /** Returns the settings of the worker that differ from its defaults, for the report. */
    static String inWords() {
        StringBuilder words = new StringBuilder("StringConverter");
        new TreeMap<>(producer())
                .forEach((key, value) ->
                        words.append(' ').append(key).append('=').append(value));
        return words.append("; acks=all and one request in flight by default").toString();
    }

    private static Map<String, String> producer() {
        Map<String, Object> ours = ProducerSettings.forKafka("");
        Map<String, String> keys = new HashMap<>();
        for (String key : PRODUCER) {
            keys.put("producer." + key, String.valueOf(ours.get(key)));
        }
        return keys;
    }

    private Path connectorJar() {
        return jars.stream()
                .filter(jar -> isNamed(jar, CONNECTOR_JAR))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no " + CONNECTOR_JAR
                        + "*.jar among the jars of the worker; start this run by benchmarks/run"));
    }

    /** Without the connector, which the worker finds in its plugin path, and without Kurier's own jars. */
    private String classPath() {
        return String.join(
                File.pathSeparator,
                jars.stream()
                        .filter(jar ->
                                !Files.isDirectory(jar) && !isNamed(jar, CONNECTOR_JAR) && !isNamed(jar, "kurier-"))
                        .map(Path::toString)
                        .toList());
    }

    private static boolean isNamed(Path jar, String start) {
        Path name = jar.getFileName();
        return name != null && name.toString().startsWith(start);
    }
}
