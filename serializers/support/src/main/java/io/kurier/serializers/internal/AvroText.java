// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the JSON text of an Avro schema into one form, so that texts can be compared without Avro's library. Used
 * once, by one thread.
 */
public final class AvroText {
    private static final Set<String> PRIMITIVES =
            Set.of("null", "boolean", "int", "long", "float", "double", "bytes", "string");

    /** Attributes that Avro's parser takes out of a schema; others are properties. */
    private static final Set<String> OWN =
            Set.of("type", "name", "namespace", "doc", "fields", "symbols", "items", "values", "size", "aliases");

    private static final Set<String> OWN_OF_ENUM = Set.of(
            "type", "name", "namespace", "doc", "fields", "symbols", "items", "values", "size", "aliases", "default");

    private static final Set<String> OWN_OF_FIELD = Set.of("name", "type", "doc", "default", "order", "aliases");

    /** Properties that choose Java types for generated classes, and never change a payload's bytes. */
    private static final Set<String> JAVA_PROPERTIES =
            Set.of("avro.java.string", "java-class", "java-element-class", "java-key-class");

    /** The forms of a schema. */
    public enum Form {
        /** As Avro's {@code Schema.toString()}: names are split from namespaces, and all properties are kept. */
        COMPLETE,
        /** {@link #COMPLETE}, without properties that choose Java types. */
        WITHOUT_JAVA_PROPERTIES,
        /** The parsing canonical form (Avro specification): what decides the bytes of a payload. */
        PARSING
    }

    private final Form form;
    private final Set<String> defined = new HashSet<>();

    private AvroText(Form form) {
        this.form = form;
    }

    /**
     * Returns a schema in a form.
     *
     * @param schema the tree that {@link Json#parse} returned
     * @throws IllegalArgumentException if it is not an Avro schema; the message is the end of a sentence
     */
    public static Object in(Form form, Object schema) {
        return new AvroText(form).schema(schema, null);
    }

    /** Returns whether a text may have properties that choose Java types; without them all its forms have none. */
    public static boolean choosesJavaTypes(String text) {
        return JAVA_PROPERTIES.stream().anyMatch(text::contains);
    }

    /** Returns the full name of a schema in the form {@link Form#PARSING}; that of its type if it has none. */
    public static @Nullable String fullName(Object parsing) {
        return parsing instanceof Map<?, ?> members
                ? (String) (members.containsKey("name") ? members.get("name") : members.get("type"))
                : parsing instanceof String name ? name : null;
    }

    private Object schema(Object schema, @Nullable String space) {
        if (schema instanceof String name) {
            return PRIMITIVES.contains(name) ? name : reference(name, space);
        }
        if (schema instanceof List<?> branches) {
            return branches.stream().map(branch -> schema(branch, space)).toList();
        }
        if (!(schema instanceof Map<?, ?>)) {
            throw new IllegalArgumentException("a type of the Avro schema is neither a name, an object nor an array");
        }
        Map<String, Object> members = members(schema);
        String type = text(members, "type", "the type of an Avro schema");
        return switch (type) {
            case "record", "error", "enum", "fixed" -> named(type, members, space);
            case "array" -> nested(type, "items", members, space);
            case "map" -> nested(type, "values", members, space);
            default -> PRIMITIVES.contains(type) ? primitive(type, members) : reference(type, space);
        };
    }

    private Object reference(String name, @Nullable String space) {
        String full = full(name, space);
        String known = defined.contains(full) || name.indexOf('.') >= 0 ? full : name;
        if (!defined.contains(known)) {
            throw new IllegalArgumentException("the Avro schema uses the name " + full + " without defining it");
        }
        return form == Form.PARSING ? known : qualified(known, space);
    }

    private Object primitive(String type, Map<String, Object> members) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("type", type);
        addProperties(members, out);
        return out.size() == 1 ? type : out;
    }

    private Object nested(String type, String element, Map<String, Object> members, @Nullable String space) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("type", type);
        out.put(element, schema(required(members, element), space));
        addProperties(members, out);
        return out;
    }

    private Object named(String type, Map<String, Object> members, @Nullable String space) {
        String given = text(members, "name", "the name of an Avro " + type);
        Object namespace = members.get("namespace");
        String full = full(given, namespace instanceof String set ? emptyIsNull(set) : space);
        String own = spaceOf(full);
        if (!defined.add(full)) {
            throw new IllegalArgumentException("the Avro schema defines the name " + full + " twice");
        }
        Map<String, Object> out = new LinkedHashMap<>();
        if (form == Form.PARSING) {
            out.put("name", full);
            out.put("type", type.equals("error") ? "record" : type);
        } else {
            out.put("type", type);
            out.put("name", simple(full));
            if (!Objects.equals(own, space)) {
                out.put("namespace", Objects.requireNonNullElse(own, ""));
            }
            copy("doc", members, out);
        }
        switch (type) {
            case "enum" -> out.put("symbols", required(members, "symbols"));
            case "fixed" -> out.put("size", required(members, "size"));
            default -> out.put("fields", fields(required(members, "fields"), own));
        }
        if (form != Form.PARSING) {
            if (type.equals("enum")) {
                copy("default", members, out);
            }
            addProperties(members, out);
            addAliases(members, own, out);
        }
        return out;
    }

    private List<Object> fields(Object given, @Nullable String space) {
        if (!(given instanceof List<?> fields)) {
            throw new IllegalArgumentException("the fields of an Avro record are not an array");
        }
        List<Object> all = new ArrayList<>();
        for (Object each : fields) {
            if (!(each instanceof Map<?, ?>)) {
                throw new IllegalArgumentException("a field of an Avro record is not an object");
            }
            Map<String, Object> field = members(each);
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("name", text(field, "name", "the name of a field"));
            out.put("type", schema(required(field, "type"), space));
            if (form != Form.PARSING) {
                copy("doc", field, out);
                copy("default", field, out);
                Object order = field.get("order");
                if (order instanceof String name && !name.equalsIgnoreCase("ascending")) {
                    out.put("order", name.toLowerCase(Locale.ROOT));
                }
                if (field.get("aliases") instanceof List<?> aliases && !aliases.isEmpty()) {
                    out.put("aliases", aliases);
                }
                field.forEach((name, value) -> addProperty(name, value, OWN_OF_FIELD, out));
            }
            all.add(out);
        }
        return all;
    }

    private void addAliases(Map<String, Object> members, @Nullable String space, Map<String, Object> out) {
        if (members.get("aliases") instanceof List<?> aliases && !aliases.isEmpty()) {
            out.put(
                    "aliases",
                    aliases.stream()
                            .map(alias -> (Object) qualified(full(String.valueOf(alias), space), space))
                            .toList());
        }
    }

    private void addProperties(Map<String, Object> members, Map<String, Object> out) {
        Set<String> own = "enum".equals(members.get("type")) ? OWN_OF_ENUM : OWN;
        members.forEach((name, value) -> addProperty(name, value, own, out));
    }

    private void addProperty(String name, Object value, Set<String> own, Map<String, Object> out) {
        boolean java = form == Form.WITHOUT_JAVA_PROPERTIES && JAVA_PROPERTIES.contains(name);
        if (form != Form.PARSING && !java && !own.contains(name)) {
            out.put(name, value);
        }
    }

    private static void copy(String name, Map<String, Object> from, Map<String, Object> to) {
        Object value = from.get(name);
        if (value != null) {
            to.put(name, value);
        }
    }

    /** Returns a name as Avro writes it where a namespace is in force: alone if that is enough. */
    private static String qualified(String full, @Nullable String space) {
        String own = spaceOf(full);
        String simple = simple(full);
        return own != null && own.equals(space) && !PRIMITIVES.contains(simple) && !isKind(simple) ? simple : full;
    }

    private static boolean isKind(String name) {
        return Set.of("record", "enum", "array", "map", "union", "fixed").contains(name);
    }

    private static String full(String name, @Nullable String space) {
        return name.indexOf('.') >= 0 || space == null ? name : space + "." + name;
    }

    private static @Nullable String spaceOf(String full) {
        int dot = full.lastIndexOf('.');
        return dot < 0 ? null : emptyIsNull(full.substring(0, dot));
    }

    private static @Nullable String emptyIsNull(String space) {
        return space.isEmpty() ? null : space;
    }

    private static String simple(String full) {
        return full.substring(full.lastIndexOf('.') + 1);
    }

    @SuppressWarnings("unchecked") // Json makes no other maps
    private static Map<String, Object> members(Object object) {
        return (Map<String, Object>) object;
    }

    private static Object required(Map<String, Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the attribute " + name + " of an Avro schema is missing");
        }
        return value;
    }

    private static String text(Map<String, Object> members, String name, String what) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(what + " is missing, or is not a string");
    }
}
