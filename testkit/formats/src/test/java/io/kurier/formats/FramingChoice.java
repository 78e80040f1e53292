// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A framing as a Kafka client selects it, with its keys.
 *
 * @param name names the choice in the tests
 * @param formats the formats that are tested with it
 * @param written the framing of the records that are changed and read, with its own keys
 * @param read the framing of the readers
 */
record FramingChoice(String name, Set<String> formats, Keys written, Keys read) {
    private static final Set<String> WITH_SCHEMAS = Set.of("json", "json3", "avro", "protobuf");

    private static final Map<String, String> ANY_SCHEMA = Map.of("schemas", "any");

    private static final Keys APICURIO_HEADERS = new Keys("apicurio", Map.of("schemas", "any", "headers", "true"));
    private static final Keys DETECT = new Keys("detect", ANY_SCHEMA);

    private static final List<FramingChoice> ALL = List.of(
            same("none", Set.of("text", "json", "json3", "avro", "protobuf"), new Keys("none", Map.of())),
            same("single-object", Set.of("avro"), new Keys("single-object", Map.of())),
            same("confluent", WITH_SCHEMAS, new Keys("confluent", ANY_SCHEMA)),
            same("confluent-header", WITH_SCHEMAS, new Keys("confluent-header", ANY_SCHEMA)),
            same("apicurio", WITH_SCHEMAS, new Keys("apicurio", ANY_SCHEMA)),
            same("apicurio in headers", WITH_SCHEMAS, APICURIO_HEADERS),
            new FramingChoice("detect, of ids", WITH_SCHEMAS, new Keys("confluent", ANY_SCHEMA), DETECT),
            new FramingChoice("detect, of headers", WITH_SCHEMAS, APICURIO_HEADERS, DETECT));

    /**
     * A framing with its own keys.
     *
     * @param framing its name
     * @param keys without a prefix
     */
    record Keys(String framing, Map<String, String> keys) {
        /** Returns the configuration of a client that selects it for a format. */
        Map<String, String> config(String format) {
            Map<String, String> config = new HashMap<>();
            config.put(format + ".framing", framing);
            keys.forEach((key, value) -> config.put(format + ".framing." + framing + "." + key, value));
            return config;
        }
    }

    private static FramingChoice same(String name, Set<String> formats, Keys keys) {
        return new FramingChoice(name, formats, keys, keys);
    }

    /** Returns the framings of a format. */
    static List<FramingChoice> of(String format) {
        return ALL.stream().filter(each -> each.formats.contains(format)).toList();
    }

    /** Returns the framing of a name. */
    static FramingChoice named(String name) {
        return ALL.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
    }
}
