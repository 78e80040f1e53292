// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import io.kurier.benchmarks.ProducerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Kafka Connect's standalone worker with the file connector that Kafka brings, from a folder of its plugin path. */
final class ConnectImporter implements Importer {
    /** The settings of the worker's producer; it has {@code acks=all} and one request in flight itself. */
    private static final List<String> PRODUCER =
            List.of("compression.type", "batch.size", "linger.ms", "buffer.memory");

    private final String bootstrap;
    private final WorkerJars jars;
    private final boolean defaults;

    /**
     * Creates the importer.
     *
     * @param defaults whether the worker's producer has the worker's defaults, and not the settings of the others
     */
    ConnectImporter(String bootstrap, WorkerJars jars, boolean defaults) {
        this.bootstrap = bootstrap;
        this.jars = jars;
        this.defaults = defaults;
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
        Path plugins = jars.pluginPath(folder);
        String worker = Jvm.properties(folder.resolve("worker.properties"), worker(plugins, folder));
        String source = Jvm.properties(folder.resolve("connector.properties"), connector(input, log));
        List<String> command = Jvm.command(List.of(), "org.apache.kafka.connect.cli.ConnectStandalone", worker, source);
        try (ImportProcess process = ImportProcess.start(command, jars.classPath(), folder)) {
            return process.untilStored(log, input.records());
        }
    }

    /** Returns the properties of the connector. */
    static Map<String, String> connector(Input input, TopicLog log) {
        return Map.of(
                "name", "file",
                "connector.class", "FileStreamSource",
                "tasks.max", "1",
                "file", input.path().toString(),
                "topic", log.topic());
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

    /** Returns the settings of the other producers, as a worker takes them. */
    static Map<String, String> producer() {
        Map<String, Object> ours = ProducerSettings.forKafka("");
        Map<String, String> keys = new HashMap<>();
        for (String key : PRODUCER) {
            keys.put("producer." + key, String.valueOf(ours.get(key)));
        }
        return keys;
    }
}
