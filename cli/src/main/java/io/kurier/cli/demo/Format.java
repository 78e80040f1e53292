// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats that the demo publishes, in the order of its table. */
public enum Format {
    TEXT("io.kurier.plugins.text.TextSourceConnector", "txt", "log", "csv") {
        @Override
        Map<String, String> topicKeys() {
            return EVENLY;
        }
    },
    JSON("io.kurier.plugins.json.JsonSourceConnector", "json", "jsonl", "ndjson"),
    AVRO("io.kurier.plugins.avro.AvroSourceConnector", "avro") {
        @Override
        Map<String, String> topicKeys() {
            return EVENLY;
        }

        @Override
        Verifier verifier() {
            return new AvroVerifier();
        }
    },
    PROTOBUF("io.kurier.plugins.protobuf.ProtobufSourceConnector", "pb") {
        @Override
        Map<String, String> topicKeys() {
            // the files of a folder may have messages of several types
            Map<String, String> keys = new HashMap<>(EVENLY);
            keys.put("value.serializer.type.header", "true");
            return keys;
        }

        @Override
        Verifier verifier() {
            return new ProtobufVerifier();
        }
    },
    /** Every file that belongs to no other format. */
    MEDIA("io.kurier.plugins.media.MediaSourceConnector") {
        @Override
        Map<String, String> connectorKeys() {
            return Map.of("exclude", otherGlobs());
        }

        @Override
        Verifier verifier() {
            return new MediaVerifier();
        }
    };

    /** Records without keys, over all partitions. */
    private static final Map<String, String> EVENLY = Map.of("partitioner", "round-robin");

    private static final String PARTITIONS = "3";
    /** A Protobuf descriptor set: it belongs to the file beside it. */
    private static final String COMPANION = "desc";

    private final String connector;
    private final List<String> extensions;

    Format(String connector, String... extensions) {
        this.connector = connector;
        this.extensions = List.of(extensions);
    }

    /** Returns the format of a file, by its name's extension; empty for a file that belongs to another one. */
    static Optional<Format> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String extension = name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
        if (extension.equals(COMPANION)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(format -> format.extensions.contains(extension))
                .findFirst()
                .orElse(MEDIA));
    }

    private static String otherGlobs() {
        return Stream.concat(
                        Arrays.stream(values()).flatMap(format -> format.extensions.stream()), Stream.of(COMPANION))
                .map(extension -> "*." + extension)
                .collect(Collectors.joining(","));
    }

    /** Returns the format's name, which is its connector's name too. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the topic that the demo publishes it to. */
    String topic() {
        return "kurier-demo-" + word();
    }

    /**
     * Returns the keys of the topic in addition to those that the connector declares: keys below {@code
     * topics.<topic>.}.
     */
    Map<String, String> topicKeys() {
        return Map.of();
    }

    /** Returns the connector's keys in addition to the common ones. */
    Map<String, String> connectorKeys() {
        return Map.of();
    }

    /** Returns a new verifier of the published values. */
    Verifier verifier() {
        return ValueVerifier.of(word(), topic());
    }

    /** Returns the properties of its source connector. */
    Map<String, String> connector(Path folder) {
        Map<String, String> keys = new HashMap<>(connectorKeys());
        keys.put("name", word());
        keys.put("connector.class", connector);
        keys.put("topic", topic());
        keys.put("path", folder.toString());
        // a record that is refused is counted and listed, and the others are published
        keys.put("errors.tolerance", "all");
        // how long a last line without a terminator must be unchanged before it is considered complete
        keys.put("scan.interval.ms", "1000");
        keys.put("topic.creation.default.partitions", PARTITIONS);
        keys.put("topic.creation.default.replication.factor", "-1");
        return keys;
    }
}
