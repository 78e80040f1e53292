// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.internal.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Avro schemas with references: a registry has a type that is referred to by its name, and Avro's library needs its
 * definition.
 */
final class AvroReferences {
    /** The deepest nesting that is followed. */
    private static final int MAX_DEPTH = 500;

    private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");
    private static final String NAME = "name";
    private static final String NAMESPACE = "namespace";
    private static final String TYPE = "type";

    /** Returns what replaces a definition or a name, by the full name; null if it stays. */
    private final BiFunction<String, Object, @Nullable Object> replacement;

    private AvroReferences(BiFunction<String, Object, @Nullable Object> replacement) {
        this.replacement = replacement;
    }

    /**
     * Returns a schema with the names of the referenced types in place of their definitions.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    static String withoutDefinitions(String text, Set<String> names) {
        Object tree = Json.parse(text);
        AvroReferences replacing =
                new AvroReferences((name, type) -> type instanceof Map && names.contains(name) ? name : null);
        return Json.compactWithDoubles(replacing.inside(tree, "", 0));
    }

    /**
     * Returns a schema with the definition of each referenced type where its name stands first.
     *
     * @param texts the definitions by their full names
     * @throws IllegalArgumentException if a text is not JSON
     */
    static String withDefinitions(String text, Map<String, String> texts) {
        Map<String, String> left = new HashMap<>(texts);
        return Json.compactWithDoubles(defining(left).inside(Json.parse(text), "", 0));
    }

    private static AvroReferences defining(Map<String, String> left) {
        return new AvroReferences((name, type) -> {
            String definition = type instanceof String ? left.remove(name) : null;
            if (definition == null || !(Json.parse(definition) instanceof Map<?, ?> members)) {
                return null;
            }
            Map<Object, Object> absolute = new LinkedHashMap<>(members);
            int dot = name.lastIndexOf('.');
            absolute.put(NAME, name.substring(dot + 1));
            absolute.put(NAMESPACE, dot < 0 ? "" : name.substring(0, dot));
            return defining(left).inside(absolute, "", 0);
        });
    }

    private Object type(Object type, String namespace, int depth) {
        Object other = null;
        if (type instanceof String name) {
            other = replacement.apply(full(name, namespace), type);
        } else if (type instanceof Map<?, ?> members && isNamed(members)) {
            other = replacement.apply(fullName(members, namespace), type);
        }
        return other == null ? inside(type, namespace, depth) : other;
    }

    private Object inside(Object type, String namespace, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("it is nested more than " + MAX_DEPTH + " levels deep");
        }
        if (type instanceof List<?> union) {
            return union.stream().map(each -> type(each, namespace, depth + 1)).toList();
        }
        if (!(type instanceof Map<?, ?> members)) {
            return type;
        }
        String around = isNamed(members) ? namespaceOf(fullName(members, namespace)) : namespace;
        Map<Object, Object> copy = new LinkedHashMap<>(members);
        copy.replaceAll((key, value) -> switch (String.valueOf(key)) {
            case TYPE -> value instanceof String ? value : type(value, around, depth + 1);
            case "items", "values" -> type(value, around, depth + 1);
            case "fields" -> value instanceof List<?> fields ? fields(fields, around, depth + 1) : value;
            default -> value;
        });
        return copy;
    }

    private List<Object> fields(List<?> fields, String namespace, int depth) {
        List<Object> copies = new ArrayList<>();
        for (Object field : fields) {
            if (field instanceof Map<?, ?> members && members.containsKey(TYPE)) {
                Map<Object, Object> copy = new LinkedHashMap<>(members);
                copy.put(TYPE, type(members.get(TYPE), namespace, depth));
                copies.add(copy);
            } else {
                copies.add(field);
            }
        }
        return copies;
    }

    private static boolean isNamed(Map<?, ?> members) {
        return members.get(TYPE) instanceof String type && NAMED.contains(type) && members.get(NAME) instanceof String;
    }

    private static String fullName(Map<?, ?> members, String around) {
        String name = String.valueOf(members.get(NAME));
        return members.get(NAMESPACE) instanceof String own ? full(name, own) : full(name, around);
    }

    private static String full(String name, String namespace) {
        return name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
    }

    private static String namespaceOf(String fullName) {
        int dot = fullName.lastIndexOf('.');
        return dot < 0 ? "" : fullName.substring(0, dot);
    }
}
