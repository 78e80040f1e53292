// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal.compatibility;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One JSON Schema document, whose references and alternatives are resolved here. */
final class JsonSchemaTree {
    static final JsonNode ANYTHING = BooleanNode.TRUE;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_REFERENCES = 100;
    private static final Set<String> ALL_TYPES =
            Set.of("null", "boolean", "object", "array", "number", "integer", "string");

    /** Keywords that constrain nothing. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "definitions",
            "$anchor",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "format");

    private final JsonNode root;

    /** The same node is resolved to the same node, by which a comparison knows it again. */
    private final Map<JsonNode, JsonNode> resolved = new IdentityHashMap<>();

    private final Map<JsonNode, List<JsonNode>> alternatives = new IdentityHashMap<>();

    private JsonSchemaTree(JsonNode root) {
        this.root = root;
    }

    static JsonSchemaTree parse(String which, String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(which + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject() && !root.isBoolean()) {
            throw new IllegalArgumentException(which + " is not a JSON Schema, which is an object, true or false");
        }
        return new JsonSchemaTree(root);
    }

    JsonNode root() {
        return root;
    }

    /** Returns a schema with its {@code $ref} followed and its {@code allOf} merged in, as far as that is possible. */
    JsonNode resolve(JsonNode schema) {
        return resolve(schema, 0);
    }

    private JsonNode resolve(JsonNode schema, int references) {
        if (!schema.has("$ref") && !schema.has("allOf")) {
            return schema;
        }
        JsonNode known = resolved.get(schema);
        if (known != null) {
            return known;
        }
        if (references > MOST_REFERENCES) {
            throw new IllegalArgumentException("a $ref leads to itself: " + schema.get("$ref"));
        }
        ObjectNode rest = ((ObjectNode) schema).objectNode();
        rest.setAll((ObjectNode) schema);
        JsonNode reference = rest.remove("$ref");
        JsonNode result = rest;
        if (reference != null) {
            JsonNode target = resolve(find(reference.asText()), references + 1);
            result = rest.isEmpty() ? target : merged(rest, target);
            if (result == null) {
                rest.set("allOf", rest.arrayNode().add(target));
                result = rest;
            }
        }
        if (result.has("allOf")) {
            result = withoutAllOf((ObjectNode) result, references);
        }
        resolved.put(schema, result);
        return result;
    }

    private JsonNode withoutAllOf(ObjectNode schema, int references) {
        ObjectNode rest = schema.objectNode();
        rest.setAll(schema);
        JsonNode merged = rest;
        JsonNode parts = rest.remove("allOf");
        for (JsonNode part : parts) {
            JsonNode both = merged(merged, resolve(part, references + 1));
            if (both == null) {
                return schema;
            }
            merged = both;
        }
        return merged;
    }

    /** Returns one schema for two that both apply, or null if they say different things of the same keyword. */
    private static @Nullable JsonNode merged(JsonNode one, JsonNode other) {
        if (!one.isObject() || !other.isObject() || isClosed(one) || isClosed(other)) {
            return null;
        }
        ObjectNode all = ((ObjectNode) one).objectNode();
        all.setAll((ObjectNode) one);
        for (Map.Entry<String, JsonNode> entry : other.properties()) {
            JsonNode mine = all.get(entry.getKey());
            JsonNode both = mine == null || mine.equals(entry.getValue())
                    ? entry.getValue()
                    : merged(entry.getKey(), mine, entry.getValue());
            if (both == null) {
                return null;
            }
            all.set(entry.getKey(), both);
        }
        return all;
    }

    private static @Nullable JsonNode merged(String keyword, JsonNode one, JsonNode other) {
        if (ANNOTATIONS.contains(keyword)) {
            return one;
        }
        if (keyword.equals("required")) {
            Set<String> names = new LinkedHashSet<>();
            one.forEach(name -> names.add(name.asText()));
            other.forEach(name -> names.add(name.asText()));
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            names.forEach(all::add);
            return all;
        }
        if (keyword.equals("properties")) {
            ObjectNode all = one.deepCopy();
            for (Map.Entry<String, JsonNode> property : other.properties()) {
                JsonNode mine = all.get(property.getKey());
                if (mine != null && !mine.equals(property.getValue())) {
                    return null;
                }
                all.set(property.getKey(), property.getValue());
            }
            return all;
        }
        return null;
    }

    /** Its own properties decide which are additional, so that it cannot be merged. */
    private static boolean isClosed(JsonNode schema) {
        return schema.has("additionalProperties") || schema.has("unevaluatedProperties");
    }

    private JsonNode find(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        if (!reference.startsWith("#/")) {
            throw new IllegalArgumentException("the reference " + reference
                    + " leaves the document or names an anchor, which is not followed here. Write #/$defs/NAME");
        }
        String pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        JsonNode found = root.at(pointer);
        if (found.isMissingNode()) {
            throw new IllegalArgumentException("the reference " + reference + " leads to nothing");
        }
        return found;
    }

    /** Returns the branches of {@code anyOf} or {@code oneOf}, each with the keywords beside it; or the schema alone. */
    List<JsonNode> alternatives(JsonNode schema) {
        String keyword = schema.has("anyOf") ? "anyOf" : "oneOf";
        if (!schema.has(keyword)) {
            return List.of(schema);
        }
        List<JsonNode> known = alternatives.get(schema);
        if (known != null) {
            return known;
        }
        List<JsonNode> all = new ArrayList<>();
        ObjectNode rest = ((ObjectNode) schema).objectNode();
        rest.setAll((ObjectNode) schema);
        JsonNode branches = rest.remove(keyword);
        for (JsonNode branch : branches) {
            JsonNode target = resolve(branch);
            JsonNode merged = rest.properties().stream().allMatch(entry -> ANNOTATIONS.contains(entry.getKey()))
                    ? target
                    : merged(rest, target);
            if (merged == null) {
                ObjectNode both = rest.objectNode();
                both.setAll(rest);
                both.set("allOf", rest.arrayNode().add(target));
                merged = both;
            }
            all.addAll(alternatives(merged));
        }
        alternatives.put(schema, List.copyOf(all));
        return all;
    }

    /** Returns the types of values that a schema allows. */
    static Set<String> types(JsonNode schema) {
        if (schema.isBoolean()) {
            return schema.asBoolean() ? ALL_TYPES : Set.of();
        }
        Set<String> types = new LinkedHashSet<>();
        JsonNode type = schema.get("type");
        if (type == null) {
            List<JsonNode> values = values(schema);
            if (values == null) {
                return ALL_TYPES;
            }
            values.forEach(value -> types.add(typeOf(value)));
        } else if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else {
            types.add(type.asText());
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.decimalValue().stripTrailingZeros().scale() <= 0 ? "integer" : "number";
            default -> "null";
        };
    }

    /** Returns the values of {@code enum} or {@code const}; null if there are neither. */
    static @Nullable List<JsonNode> values(JsonNode schema) {
        if (schema.has("const")) {
            return List.of(schema.get("const"));
        }
        if (!schema.has("enum")) {
            return null;
        }
        List<JsonNode> values = new ArrayList<>();
        schema.get("enum").forEach(values::add);
        return values;
    }

    /** Returns the schema of a type alone, with the other keywords of a schema. */
    static JsonNode ofType(JsonNode schema, String type) {
        ObjectNode single = JsonNodeFactory.instance.objectNode();
        single.setAll((ObjectNode) schema);
        return single.put("type", type);
    }
}
