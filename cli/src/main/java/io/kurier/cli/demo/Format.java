// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The formats that the demo publishes, in the order of its table. */
public enum Format {
    TEXT("io.kurier.plugins.text.TextSourceConnector", Set.of("txt", "log", "csv")),
    JSON("io.kurier.plugins.json.JsonSourceConnector", Set.of("json", "jsonl", "ndjson"));

    private static final String PARTITIONS = "3";

    private final String connector;
    private final Set<String> extensions;

    Format(String connector, Set<String> extensions) {
        this.connector = connector;
        this.extensions = extensions;
    }

    /** The format of a file, by its name's extension. */
    static Optional<Format> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(format -> name.contains(".") && format.extensions.contains(extension))
                .findFirst();
    }

    /** The format's name, which is its connector's name and its serializer's too. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The topic that the demo publishes it to. */
    String topic() {
        return "kurier-demo-" + word();
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
                "topic.creation.default.partitions",
                PARTITIONS,
                "topic.creation.default.replication.factor",
                "-1");
    }
}
