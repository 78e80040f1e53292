// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The structure of a schema as a line for each field or type, by its path: names, types and defaults, without
 * documentation and without the order of declarations.
 */
public final class SchemaOutline {
    private final Map<String, String> lines = new LinkedHashMap<>();

    private SchemaOutline() {}

    /**
     * Returns the outline of a schema.
     *
     * @throws SchemaException if it is not valid, or its format is not known
     */
    static SchemaOutline of(SchemaDocument document) {
        SchemaOutline outline = new SchemaOutline();
        switch (document.format()) {
            case SchemaDocument.AVRO -> new AvroOutline(outline).add(document.avro());
            case SchemaDocument.JSON -> new JsonOutline(outline).add("$", document.json(), false);
            case SchemaDocument.PROTOBUF -> new ProtoOutline(outline).add(ProtoFiles.of(document));
            default ->
                throw SchemaException.wrong(
                        document.place() + ": the format " + document.format() + " is not known here", null);
        }
        return outline;
    }

    void put(String path, String description) {
        lines.put(path, description);
    }

    /**
     * Returns what differs, as lines that begin with {@code -}, {@code +} or {@code ~}, none if nothing does.
     *
     * @throws SchemaException if the schemas cannot be compared
     */
    public static List<String> difference(SchemaDocument one, SchemaDocument other) {
        SchemaComparison.requireOneFormat(one, other);
        Map<String, String> before = of(one).lines;
        Map<String, String> after = of(other).lines;
        List<String> difference = new ArrayList<>();
        before.forEach((path, description) -> {
            String now = after.get(path);
            if (now == null) {
                difference.add("- " + path + ": " + description);
            } else if (!now.equals(description)) {
                difference.add("~ " + path + ": " + description + " -> " + now);
            }
        });
        after.forEach((path, description) -> {
            if (!before.containsKey(path)) {
                difference.add("+ " + path + ": " + description);
            }
        });
        return difference;
    }
}
