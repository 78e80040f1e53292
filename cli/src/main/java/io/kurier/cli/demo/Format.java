// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The formats that the demo publishes, in the order of its table. */
public enum Format {
    TEXT(
            "io.kurier.plugins.text.TextSourceConnector",
            List.of("txt", "log", "csv"),
            Map.of("partitioner", "round-robin")),
    JSON("io.kurier.plugins.json.JsonSourceConnector", List.of("json", "jsonl", "ndjson"), Map.of());

    private static final String PARTITIONS = "3";

    private final String connector;
    private final List<String> extensions;
    private final Map<String, String> topicKeys;

    Format(String connector, List<String> extensions, Map<String, String> topicKeys) {
        this.connector = connector;
        this.extensions = extensions;
        this.topicKeys = topicKeys;
    }

    /** The format of a file, by its name's extension. */
    static Optional<Format> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(format -> name.contains(".") && format.extensions.contains(extension))
                .findFirst();
    }

    /** The extensions of all formats, each with its dot. */
    public static List<String> allExtensions() {
        return Arrays.stream(values())
                .flatMap(format -> format.extensions.stream())
                .map(extension -> "." + extension)
                .toList();
    }

    /** The format's name, which is its connector's name and its serializer's too. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The topic that the demo publishes it to. */
    String topic() {
        return "kurier-demo-" + word();
    }

    /** What is declared of the topic beside what the connector declares: keys below {@code topics.<topic>.}. */
    Map<String, String> topicKeys() {
        return topicKeys;
    }

    /** The properties of its source connector. */
    Map<String, String> connector(Path folder) {
        return Map.of(
                "name",
                word(),
                "connector.class",
                connector,
                "topic",
                topic(),
                "path",
                folder.toString(),
                // a record that is refused is counted and named, and the rest goes on
                "errors.tolerance",
                "all",
                // how long a last line without an end must rest before it is taken for whole
                "scan.interval.ms",
                "1000",
                "topic.creation.default.partitions",
                PARTITIONS,
                "topic.creation.default.replication.factor",
                "-1");
    }
}
