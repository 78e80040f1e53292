// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The outline of JSON Schemas: properties and elements, each with the keywords that limit it. */
final class JsonOutline {
    /** Keywords that limit nothing. */
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "$id", "$comment", "title", "description", "examples", "deprecated");

    /** Keywords with schemas by names, and what stands before a name in a path. */
    private static final Map<String, String> BY_NAME = Map.of(
            "properties", ".",
            "patternProperties", ".~",
            "$defs", ".$defs.",
            "definitions", ".definitions.");

    /** Keywords with a list of schemas. */
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

    /** Keywords with a schema, and what stands for them in a path. */
    private static final Map<String, String> SINGLE = Map.of("items", "[]", "additionalProperties", "{}");

    private static final String REQUIRED = "required";

    private final SchemaOutline outline;

    JsonOutline(SchemaOutline outline) {
        this.outline = outline;
    }

    void add(String path, JsonNode schema, boolean required) {
        Map<String, JsonNode> limits = new TreeMap<>();
        schema.properties().forEach(member -> {
            if (!ANNOTATIONS.contains(member.getKey()) && !hasSchemas(member.getKey(), member.getValue())) {
                limits.put(member.getKey(), member.getValue());
            }
        });
        limits.remove(REQUIRED);
        String type = schema.isObject() ? text(limits.remove("type")) : schema.asText();
        String others = limits.entrySet().stream()
                .map(limit -> ", " + limit.getKey() + " " + limit.getValue())
                .collect(Collectors.joining());
        outline.put(path, (required ? "required " : "") + type + others);
        schema.properties().forEach(member -> children(path, schema, member.getKey(), member.getValue()));
    }

    private static boolean hasSchemas(String keyword, JsonNode value) {
        return (BY_NAME.containsKey(keyword) && value.isObject())
                || (LISTS.contains(keyword) && value.isArray())
                || (SINGLE.containsKey(keyword) && value.isObject());
    }

    private static String text(@Nullable JsonNode type) {
        if (type == null) {
            return "any";
        }
        return type.isTextual() ? type.textValue() : type.toString();
    }

    private void children(String path, JsonNode schema, String keyword, JsonNode value) {
        if (!hasSchemas(keyword, value)) {
            return;
        }
        if (value instanceof ObjectNode && SINGLE.containsKey(keyword)) {
            add(path + SINGLE.get(keyword), value, false);
        } else if (LISTS.contains(keyword)) {
            for (int i = 0; i < value.size(); i++) {
                add(path + "." + keyword + "[" + i + "]", value.get(i), false);
            }
        } else {
            value.properties()
                    .forEach(named -> add(
                            path + BY_NAME.get(keyword) + named.getKey(),
                            named.getValue(),
                            keyword.equals("properties") && requires(schema, named.getKey())));
        }
    }

    private static boolean requires(JsonNode schema, String name) {
        for (JsonNode required : schema.path(REQUIRED)) {
            if (name.equals(required.textValue())) {
                return true;
            }
        }
        return false;
    }
}
