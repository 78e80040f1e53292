// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.reflect.AvroEncode;
import org.apache.avro.reflect.AvroName;
import org.apache.avro.reflect.CustomEncoding;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.reflect.Stringable;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Avro's reflect model for one declared class: its schema, and the classes that may be created for it, which are itself
 * and those of its fields.
 *
 * <p>Since 1.12.2 Avro refuses the classes that a schema names, {@code java.util.List} among them, unless a property of
 * the JVM lists them. Here the schema comes from a class that the application itself has named, so its names are found
 * among the types of the class's fields and not by Avro. Safe for use by any number of threads.
 */
final class ReflectModel extends ReflectData {
    /** Collections that fields may be declared as; others need a constructor without parameters. */
    private static final List<Class<?>> COLLECTIONS =
            List.of(ArrayList.class, LinkedHashSet.class, TreeSet.class, ArrayDeque.class);

    private final boolean nullable;

    /** The names of fields that are encoded by a class of the application, or as text. */
    private final Set<String> opaque = ConcurrentHashMap.newKeySet();

    private final Schema schema;

    /** The types of fields, by the names of their classes. */
    private final ConcurrentMap<String, Class<?>> classes = new ConcurrentHashMap<>();

    /** The classes of records, enums and fixed values, by the full names of their schemas. */
    private final ConcurrentMap<String, Class<?>> named = new ConcurrentHashMap<>();

    /** The classes that encode themselves, by the full names of their schemas. */
    private final Map<String, CustomEncoding<?>> encodings;

    /** How values of Java records are created, by their classes. */
    private final Map<Class<?>, JavaRecord> javaRecords = new ConcurrentHashMap<>();

    /** The schemas that were found to have all fields of a class, and no others. */
    private final ConcurrentMap<Class<?>, Schema> complete = new ConcurrentHashMap<>();

    /**
     * Creates the model of a class.
     *
     * @param nullable whether all fields that are not primitive may be null
     * @throws ConfigException if Avro's reflect model cannot write the class
     */
    ReflectModel(Class<?> type, boolean nullable) {
        super(type.getClassLoader());
        this.nullable = nullable;
        LogicalConversions.addTo(this);
        try {
            this.schema = getSchema(type);
            this.encodings = encodings();
        } catch (RuntimeException | StackOverflowError e) {
            throw refused(
                    type,
                    "write",
                    (e instanceof AvroRuntimeException ? e.getMessage() : e)
                            + ". Change or annotate the field (org.apache.avro.reflect), or generate a class from a"
                            + " schema");
        }
        if (schema.getType() == Schema.Type.RECORD && schema.getFields().isEmpty()) {
            throw refused(type, "write", "it has no fields, apart from static and transient ones");
        }
        for (Class<?> each : List.copyOf(named.values())) {
            if (each.isRecord()) {
                javaRecords.put(each, new JavaRecord(each));
            }
            String closed = closedField(each);
            if (closed != null) {
                throw refused(type, "write", closed);
            }
        }
    }

    private static ConfigException refused(Class<?> type, String verb, String reason) {
        return new ConfigException(
                "avro cannot " + verb + " the type " + type.getTypeName() + " by Avro's reflect model: " + reason);
    }

    private static @Nullable String closedField(Class<?> type) {
        for (Class<?> each = type; each != null && !each.isEnum(); each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                boolean written = (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
                if (written && !field.trySetAccessible()) {
                    return "the field " + each.getTypeName() + "." + field.getName()
                            + " is not accessible. Open its package to org.apache.avro (module-info.java, or"
                            + " --add-opens)";
                }
            }
        }
        return null;
    }

    private Map<String, CustomEncoding<?>> encodings() {
        Map<String, CustomEncoding<?>> found = new HashMap<>();
        named.forEach((name, each) -> {
            AvroEncode annotation = each.getAnnotation(AvroEncode.class);
            if (annotation != null) {
                try {
                    found.put(name, annotation.using().getDeclaredConstructor().newInstance());
                } catch (ReflectiveOperationException e) {
                    throw new AvroTypeException(
                            "cannot create " + annotation.using().getTypeName(), e);
                }
            }
        });
        return Map.copyOf(found);
    }

    /** Returns the schema of the declared class. */
    Schema schema() {
        return schema;
    }

    /**
     * Checks that values can be read as the class.
     *
     * @throws ConfigException if a class has no constructor without parameters and is not a Java record
     */
    void requireReadable(Class<?> type) {
        for (Map.Entry<String, Class<?>> entry : named.entrySet()) {
            Class<?> each = entry.getValue();
            boolean created = getSchema(each).getType() == Schema.Type.RECORD && !encodings.containsKey(entry.getKey());
            if (created && !javaRecords.containsKey(each) && !hasConstructor(each)) {
                throw refused(
                        type,
                        "read",
                        each.getTypeName() + " has no constructor without parameters. Add one, which may be private, or"
                                + " make the class a Java record");
            }
        }
    }

    private static boolean hasConstructor(Class<?> type) {
        try {
            return !Modifier.isAbstract(type.getModifiers())
                    && type.getDeclaredConstructor().trySetAccessible();
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Remembers the classes, and refuses those whose values would be lost. */
    @Override
    protected Schema createSchema(Type declared, Map<String, Schema> names) {
        Schema made = super.createSchema(declared, names);
        if (declared instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
            classes.putIfAbsent(raw.getName(), raw);
            collect(raw, parameterized.getActualTypeArguments(), made);
        } else if (declared instanceof Class<?> each) {
            classes.putIfAbsent(each.getName(), each);
            collect(each, made);
        }
        return made;
    }

    private void collect(Class<?> raw, Type[] arguments, Schema made) {
        if (made.getType() == Schema.Type.MAP) {
            if (!raw.isAssignableFrom(HashMap.class)) {
                throw new AvroTypeException("a field is a " + raw.getTypeName()
                        + ", which Avro cannot create. Declare it as java.util.Map");
            }
            if (arguments[0] instanceof Class<?> key) {
                classes.putIfAbsent(key.getName(), key);
            }
        } else if (Map.class.isAssignableFrom(raw)) {
            throw new AvroTypeException(
                    "a map has keys of the type " + arguments[0].getTypeName() + ", and Avro's maps have keys of text");
        } else if (made.getType() == Schema.Type.ARRAY && !isCreated(raw)) {
            throw new AvroTypeException(
                    "a field is a " + raw.getTypeName() + ", which cannot be created. Declare it as java.util.List");
        }
    }

    private void collect(Class<?> each, Schema made) {
        switch (made.getType()) {
            case RECORD, ENUM, FIXED -> {
                Class<?> declared = each;
                while (declared.isAnonymousClass()) {
                    declared = declared.getSuperclass();
                }
                if (made.getType() == Schema.Type.RECORD && declared.getName().startsWith("java.")) {
                    throw new AvroTypeException("a field is a " + declared.getTypeName()
                            + ", whose content Avro's reflect model does not see");
                }
                named.putIfAbsent(made.getFullName(), declared);
            }
            default -> {}
        }
    }

    private static boolean isCreated(Class<?> collection) {
        return COLLECTIONS.stream().anyMatch(collection::isAssignableFrom) || hasConstructor(collection);
    }

    /** A null in a field that is primitive in Java cannot be read back. */
    @Override
    protected Schema createFieldSchema(Field field, Map<String, Schema> names) {
        Schema made = super.createFieldSchema(field, names);
        if (field.isAnnotationPresent(AvroEncode.class) || field.isAnnotationPresent(Stringable.class)) {
            AvroName renamed = field.getAnnotation(AvroName.class);
            opaque.add(renamed == null ? field.getName() : renamed.value());
        }
        return nullable && !field.getType().isPrimitive() ? makeNullable(made) : made;
    }

    /** Avro's own choice where a class stands for several logical types, so that schemas equal those of other writers. */
    @Override
    public <T> @Nullable Conversion<T> getConversionByClass(Class<T> converted) {
        return ReflectData.get().getConversionByClass(converted);
    }

    @Override
    public @Nullable Class<?> getClass(Schema each) {
        return switch (each.getType()) {
            case RECORD, ENUM, FIXED -> each.getLogicalType() == null ? named.get(each.getFullName()) : null;
            default -> null;
        };
    }

    @Override
    public @Nullable CustomEncoding<?> getCustomEncoding(Schema each) {
        return encodings.isEmpty() || each.isUnion() ? null : encodings.get(each.getFullName());
    }

    @Override
    public Object newRecord(@Nullable Object old, Schema each) {
        Class<?> made = getClass(each);
        return made == null || made.isRecord() ? new GenericData.Record(each) : newInstance(made, each);
    }

    /** Returns the value of a Java record whose components were read, or what was read. */
    @Nullable
    Object created(@Nullable Object read) {
        if (!(read instanceof GenericData.Record parts)) {
            return read;
        }
        Class<?> made = getClass(parts.getSchema());
        JavaRecord javaRecord = made == null ? null : javaRecords.get(made);
        return javaRecord == null ? parts : javaRecord.create(parts);
    }

    /** Returns whether a field is a collection that takes more memory than a list. */
    boolean hasSets() {
        return classes.values().stream()
                .anyMatch(each -> Collection.class.isAssignableFrom(each) && !each.isAssignableFrom(ArrayList.class));
    }

    /** Returns an empty collection of a field's type, or a list for a Java array. */
    Collection<Object> newCollection(@Nullable Class<?> declared, int size) {
        if (declared == null || declared.isArray() || declared.isAssignableFrom(ArrayList.class)) {
            return new ArrayList<>(size);
        }
        Class<?> made = COLLECTIONS.stream()
                .filter(declared::isAssignableFrom)
                .findFirst()
                .orElse(null);
        @SuppressWarnings("unchecked") // a class of collections
        Collection<Object> collection = (Collection<Object>) newInstance(made == null ? declared : made, schema);
        return collection;
    }

    /** Returns the class that a property of the declared class's schema names, or null if there is no property. */
    @Nullable
    Class<?> classNamed(@Nullable String name) {
        return name == null ? null : classes.get(name);
    }

    /** Returns why a value cannot be written under a record's schema without losing fields, or null. */
    @Nullable
    String lost(Schema record, Object value) {
        if (value instanceof IndexedRecord) {
            return Alterations.isOf(record, value) ? null : "it has another schema";
        }
        Class<?> own = value.getClass();
        if (complete.get(own) == record) {
            return null;
        }
        Schema ofClass = getSchema(own);
        if (ofClass.getType() != Schema.Type.RECORD) {
            return "it is not a record";
        }
        Set<String> fields = names(ofClass);
        Set<String> missing = new HashSet<>(fields);
        missing.removeAll(names(record));
        if (!missing.isEmpty()) {
            return "the schema does not have its field " + missing.iterator().next();
        }
        Set<String> more = names(record);
        more.removeAll(fields);
        if (!more.isEmpty()) {
            return "it does not have the schema's field " + more.iterator().next();
        }
        complete.put(own, record);
        return null;
    }

    /** Returns whether the value of a field of the name may have another type than the schema. */
    boolean isOpaque(String field) {
        return opaque.contains(field);
    }

    /** Returns whether Avro writes a value as text, by its method {@code toString}. */
    boolean isText(Object value) {
        return isStringable(value.getClass());
    }

    private static Set<String> names(Schema record) {
        return record.getFields().stream().map(Schema.Field::name).collect(Collectors.toSet());
    }
}
