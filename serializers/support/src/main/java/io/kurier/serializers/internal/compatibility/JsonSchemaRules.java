// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that are valid for the writer's JSON Schema and not for the reader's. It is on the safe side: keywords
 * that it cannot compare have to be equal.
 */
final class JsonSchemaRules implements SchemaRules<String> {

    @Override
    public List<Violation> compare(String earlier, String next, Direction direction) {
        JsonSchemaTree before = JsonSchemaTree.parse("an earlier schema", earlier);
        JsonSchemaTree after = JsonSchemaTree.parse("the new schema", next);
        JsonSchemaTree reader = direction.reader(before, after);
        JsonSchemaTree writer = direction.writer(before, after);
        return new Comparison(direction, reader, writer).schemas("$", reader.root(), writer.root());
    }

    /** A pair of schemas, by identity: equal ones at two places can refer to different ones. */
    private record Pair(JsonNode reader, JsonNode writer) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair pair && pair.reader == reader && pair.writer == writer;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(reader) + System.identityHashCode(writer);
        }
    }

    /** One comparison in one direction. */
    private static final class Comparison {
        private final Direction direction;
        private final JsonSchemaTree reader;
        private final JsonSchemaTree writer;

        /** Schemas that are compatible, or whose comparison has begun: they can contain themselves. */
        private final Set<Pair> assumed = new HashSet<>();

        private Comparison(Direction direction, JsonSchemaTree reader, JsonSchemaTree writer) {
            this.direction = direction;
            this.reader = reader;
            this.writer = writer;
        }

        private List<Violation> schemas(String path, JsonNode readers, JsonNode writers) {
            JsonNode r = reader.resolve(readers);
            JsonNode w = writer.resolve(writers);
            Pair pair = new Pair(r, w);
            if (isAnything(r) || JsonSchemaTree.types(w).isEmpty() || !assumed.add(pair)) {
                return List.of();
            }
            List<Violation> found = alternatives(path, r, w);
            if (!found.isEmpty()) {
                assumed.remove(pair);
            }
            return found;
        }

        private static boolean isAnything(JsonNode schema) {
            return schema.isBoolean() ? schema.asBoolean() : schema.isEmpty();
        }

        private List<Violation> alternatives(String path, JsonNode r, JsonNode w) {
            List<JsonNode> taken = reader.alternatives(r);
            List<Violation> found = new ArrayList<>();
            for (JsonNode written : writer.alternatives(w)) {
                if (taken.size() == 1) {
                    found.addAll(keywords(path, taken.get(0), written));
                    continue;
                }
                for (JsonNode ofOneType : ofOneType(written)) {
                    if (taken.stream()
                            .noneMatch(each -> keywords(path, each, ofOneType).isEmpty())) {
                        found.add(new Violation(
                                path,
                                direction.rule("ALTERNATIVE_REMOVED", "ALTERNATIVE_ADDED"),
                                "no branch of the reader's anyOf or oneOf takes what the writer may write here ("
                                        + String.join(" or ", shown(ofOneType)) + ")"));
                    }
                }
            }
            return found;
        }

        private static List<JsonNode> ofOneType(JsonNode schema) {
            JsonNode types = schema.get("type");
            if (types == null || !types.isArray()) {
                return List.of(schema);
            }
            List<JsonNode> all = new ArrayList<>();
            types.forEach(type -> all.add(JsonSchemaTree.ofType(schema, type.asText())));
            return all;
        }

        private static Set<String> shown(JsonNode schema) {
            Set<String> types = new LinkedHashSet<>(JsonSchemaTree.types(schema));
            if (types.contains("number")) {
                types.remove("integer");
            }
            return types;
        }

        private List<Violation> keywords(String path, JsonNode r, JsonNode w) {
            if (isAnything(r)) {
                return List.of();
            }
            List<Violation> found = new ArrayList<>();
            Set<String> readable = JsonSchemaTree.types(r);
            Set<String> written = JsonSchemaTree.types(w);
            if (!readable.containsAll(written)) {
                found.add(new Violation(
                        path,
                        "TYPE_CHANGED",
                        "the reader takes " + (readable.isEmpty() ? "nothing" : String.join(" or ", shown(r)))
                                + ", the writer writes " + String.join(" or ", shown(w))));
            }
            if (readable.stream().noneMatch(written::contains)) {
                return found;
            }
            values(path, r, w, found);
            if (written.contains("object")) {
                objects(path, r, w, found);
            }
            if (written.contains("array")) {
                arrays(path, r, w, found);
            }
            JsonSchemaLimits.compare(path, r, w, direction, found);
            all(path, r, w, found);
            return found;
        }

        private void values(String path, JsonNode r, JsonNode w, List<Violation> found) {
            List<JsonNode> readable = JsonSchemaTree.values(r);
            if (readable == null) {
                return;
            }
            List<JsonNode> written = JsonSchemaTree.values(w);
            List<JsonNode> refused = new ArrayList<>(written == null ? List.of() : written);
            refused.removeAll(readable);
            if (written == null || !refused.isEmpty()) {
                found.add(new Violation(
                        path,
                        direction.rule("ENUM_NARROWED", "ENUM_EXTENDED"),
                        written == null
                                ? "the reader takes only the values of its enum, the writer writes any"
                                : "the reader does not take " + refused));
            }
        }

        private void objects(String path, JsonNode r, JsonNode w, List<Violation> found) {
            Set<String> optional = texts(r.get("required"));
            optional.removeAll(texts(w.get("required")));
            for (String name : optional) {
                found.add(new Violation(
                        path + "." + name,
                        direction.rule("REQUIRED_ADDED", "REQUIRED_REMOVED"),
                        "the reader requires it, and the writer may leave it out"));
            }
            JsonNode rest = additional(r);
            JsonNode writersRest = additional(w);
            for (Map.Entry<String, JsonNode> property : w.path("properties").properties()) {
                property(path, property.getKey(), r, property.getValue(), found);
            }
            for (Map.Entry<String, JsonNode> property : r.path("properties").properties()) {
                // an open object is left out: see SchemaCompatibility.jsonSchema
                if (!w.path("properties").has(property.getKey()) && writersRest.isObject()) {
                    found.addAll(schemas(path + "." + property.getKey(), property.getValue(), writersRest));
                }
            }
            for (Map.Entry<String, JsonNode> pattern :
                    w.path("patternProperties").properties()) {
                JsonNode same = r.path("patternProperties").path(pattern.getKey());
                found.addAll(schemas(path + ".*", same.isMissingNode() ? rest : same, pattern.getValue()));
            }
            if (isFalse(rest) && !isFalse(writersRest)) {
                found.add(new Violation(
                        path,
                        direction.rule("ADDITIONAL_PROPERTIES_CLOSED", "ADDITIONAL_PROPERTIES_OPENED"),
                        "the reader refuses properties that it does not declare, and the writer may add some"));
            } else {
                found.addAll(schemas(path + ".*", rest, writersRest));
            }
        }

        private void property(String path, String name, JsonNode r, JsonNode writers, List<Violation> found) {
            String at = path + "." + name;
            JsonNode readers = r.path("properties").get(name);
            for (Map.Entry<String, JsonNode> pattern :
                    r.path("patternProperties").properties()) {
                if (readers == null
                        && Pattern.compile(pattern.getKey()).matcher(name).find()) {
                    readers = pattern.getValue();
                }
            }
            JsonNode taken = readers == null ? additional(r) : readers;
            if (readers == null && isFalse(taken) && !isFalse(writers)) {
                found.add(new Violation(
                        at,
                        direction.rule("PROPERTY_REMOVED", "PROPERTY_ADDED"),
                        "the reader does not declare it and refuses additional properties"));
            } else {
                found.addAll(schemas(at, taken, writers));
            }
        }

        private static JsonNode additional(JsonNode schema) {
            JsonNode rest = schema.get("additionalProperties");
            if (rest != null) {
                return rest;
            }
            return isFalse(schema.path("unevaluatedProperties")) ? BooleanNode.FALSE : JsonSchemaTree.ANYTHING;
        }

        private static boolean isFalse(JsonNode schema) {
            return schema.isBoolean() && !schema.asBoolean();
        }

        private void arrays(String path, JsonNode r, JsonNode w, List<Violation> found) {
            List<JsonNode> readable = first(r);
            List<JsonNode> written = first(w);
            for (int i = 0; i < Math.max(readable.size(), written.size()); i++) {
                found.addAll(schemas(
                        path + "[" + i + "]",
                        i < readable.size() ? readable.get(i) : rest(r),
                        i < written.size() ? written.get(i) : rest(w)));
            }
            found.addAll(schemas(path + "[*]", rest(r), rest(w)));
        }

        /** Returns the schemas of the first elements: {@code prefixItems}, or before draft 2020-12 an array of items. */
        private static List<JsonNode> first(JsonNode schema) {
            List<JsonNode> all = new ArrayList<>();
            JsonNode items = schema.path("items");
            (items.isArray() ? items : schema.path("prefixItems")).forEach(all::add);
            return all;
        }

        private static JsonNode rest(JsonNode schema) {
            JsonNode items = schema.get(schema.path("items").isArray() ? "additionalItems" : "items");
            return items == null ? JsonSchemaTree.ANYTHING : items;
        }

        /** Compares what is left of {@code allOf} part by part. */
        private void all(String path, JsonNode r, JsonNode w, List<Violation> found) {
            JsonNode readable = r.path("allOf");
            JsonNode written = w.path("allOf");
            if (readable.size() > 0 && readable.size() != written.size()) {
                found.add(JsonSchemaLimits.changed(path, "allOf"));
                return;
            }
            for (int i = 0; i < readable.size(); i++) {
                found.addAll(schemas(path, readable.get(i), written.get(i)));
            }
        }

        private static Set<String> texts(@Nullable JsonNode array) {
            Set<String> all = new LinkedHashSet<>();
            if (array != null) {
                array.forEach(each -> all.add(each.asText()));
            }
            return all;
        }
    }
}
