// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A framing as a Kafka client selects it.
 *
 * @param name its name
 * @param formats the formats that are tested with it
 * @param keys its own keys, without a prefix
 */
record FramingChoice(String name, Set<String> formats, Map<String, String> keys) {
    private static final Set<String> WITH_SCHEMAS = Set.of("json", "avro", "protobuf");

    private static final Map<String, String> ANY_SCHEMA = Map.of("schemas", "any");

    private static final List<FramingChoice> ALL = List.of(
            new FramingChoice("none", Set.of("text", "json", "avro", "protobuf"), Map.of()),
            new FramingChoice("single-object", Set.of("avro"), Map.of()),
            new FramingChoice("confluent", WITH_SCHEMAS, ANY_SCHEMA),
            new FramingChoice("confluent-header", WITH_SCHEMAS, ANY_SCHEMA),
            new FramingChoice("apicurio", WITH_SCHEMAS, ANY_SCHEMA));

    /** Returns the framings of a format. */
    static List<FramingChoice> of(String format) {
        return ALL.stream().filter(each -> each.formats.contains(format)).toList();
    }

    /** Returns the framing of a name. */
    static FramingChoice named(String name) {
        return ALL.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
    }

    /** Returns the configuration of a client that selects it for a format. */
    Map<String, String> config(String format) {
        Map<String, String> config = new HashMap<>();
        config.put(format + ".framing", name);
        keys.forEach((key, value) -> config.put(format + ".framing." + name + "." + key, value));
        return config;
    }
}
