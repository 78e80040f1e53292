// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the id of a schema stands, as Kurier's keys and as Apicurio's. */
enum Form {
    /** {@code 00}, four bytes, Protobuf's message indexes. */
    CONFLUENT(
            "confluent",
            Map.of(),
            Map.of(
                    "apicurio.registry.serde.send-type-ref", "false",
                    "apicurio.registry.serde.send-indexes", "true",
                    "apicurio.registry.serde.read-type-ref", "false",
                    "apicurio.registry.serde.read-indexes", "true")),
    /** The default of Apicurio: {@code 00}, four bytes, Protobuf's simple name. */
    APICURIO("apicurio", Map.of(), Map.of()),
    /** The same with eight bytes. */
    EIGHT_BYTES(
            "apicurio",
            Map.of("id.bytes", "8"),
            Map.of("apicurio.registry.id-handler", "io.apicurio.registry.serde.Legacy8ByteIdHandler")),
    /** The id is in headers. */
    HEADERS("apicurio", Map.of("headers", "true"), Map.of("apicurio.registry.headers.enabled", "true"));

    private final String framing;
    private final Map<String, String> framingKeys;
    private final Map<String, String> apicurioKeys;

    Form(String framing, Map<String, String> framingKeys, Map<String, String> apicurioKeys) {
        this.framing = framing;
        this.framingKeys = framingKeys;
        this.apicurioKeys = apicurioKeys;
    }

    /** Returns Kurier's keys in a plain Kafka client: those of the framing, and those of a schema source. */
    Map<String, String> kurier(String format, Map<String, String> source) {
        return kurier(format, framing, source, framingKeys);
    }

    /** Returns Kurier's keys for each way to read this form: with each source, by its own framing and by {@code detect}. */
    @SafeVarargs
    final List<Map<String, String>> kurierReaders(String format, Map<String, String>... sources) {
        return Stream.of(sources)
                .flatMap(source -> Stream.of(kurier(format, source), kurier(format, "detect", source, Map.of())))
                .toList();
    }

    private static Map<String, String> kurier(
            String format, String framing, Map<String, String> source, Map<String, String> framingKeys) {
        Map<String, String> config = new HashMap<>();
        config.put(format + ".framing", framing);
        String prefix = format + ".framing." + framing + ".";
        source.forEach((key, value) -> config.put(prefix + key, value));
        framingKeys.forEach((key, value) -> config.put(prefix + key, value));
        return config;
    }

    /** Returns Apicurio's keys for its serializers and deserializers. */
    Map<String, String> apicurio(Registry registry) {
        Map<String, String> config = new HashMap<>(apicurioKeys);
        config.put("apicurio.registry.url", registry.ownUrl());
        return config;
    }

    /** Returns the same, for a serializer that registers the schema of what it writes. */
    Map<String, String> apicurioRegisters(Registry registry) {
        Map<String, String> config = apicurio(registry);
        config.put("apicurio.registry.auto-register", "true");
        return config;
    }
}
