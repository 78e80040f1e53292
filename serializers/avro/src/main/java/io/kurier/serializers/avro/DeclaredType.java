// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ClientConfig;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The Java type that code or configuration has declared for the values, and the schema that it implies.
 *
 * @param kind determines how values are written and read
 * @param type the class; {@code Object} if nothing was declared
 * @param schema the schema of the class; null if values have schemas of their own, or a file must have it
 * @param model how a plain class is written and read; null for other kinds
 */
record DeclaredType(
        Kind kind,
        Class<?> type,
        @Nullable Schema schema,
        @Nullable ReflectModel model) {

    /** How values are written and read. */
    enum Kind {
        /** Any values, each with a schema of its own; read as generic ones. */
        ANY,
        /** A class that Avro has generated. */
        GENERATED,
        /** A Java type of one of Avro's primitive types. */
        PRIMITIVE,
        /** A Java type whose schema only a file has: collections, maps, and the values of logical types. */
        VALUE,
        /** A plain class, by Avro's reflect model. */
        REFLECTED
    }

    private static final Map<Class<?>, Schema.Type> PRIMITIVES = Map.of(
            Boolean.class, Schema.Type.BOOLEAN,
            Integer.class, Schema.Type.INT,
            Long.class, Schema.Type.LONG,
            Float.class, Schema.Type.FLOAT,
            Double.class, Schema.Type.DOUBLE,
            byte[].class, Schema.Type.BYTES);

    /** Nothing was declared. */
    static final DeclaredType UNKNOWN = new DeclaredType(Kind.ANY, Object.class, null, null);

    /**
     * Returns what a type declares.
     *
     * @param type a class, or a collection or map with type arguments
     * @param nullable whether all fields of a plain class that are not primitive may be null
     * @throws ConfigException if Avro cannot write the type
     */
    static DeclaredType of(Type type, boolean nullable) {
        if (type instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw
                && (isGenericValue(raw))) {
            return new DeclaredType(Kind.VALUE, raw, null, null);
        }
        if (!(type instanceof Class<?> declared)) {
            throw unknown(type);
        }
        if (isGenerated(declared)) {
            return new DeclaredType(Kind.GENERATED, declared, SpecificData.get().getSchema(declared), null);
        }
        if (declared.isAssignableFrom(GenericData.Record.class)
                || declared == SpecificRecord.class
                || declared == SpecificRecordBase.class) {
            return new DeclaredType(Kind.ANY, declared, null, null);
        }
        Schema plain = plainSchema(declared);
        if (plain != null) {
            return new DeclaredType(Kind.PRIMITIVE, declared, plain, null);
        }
        if (isGenericValue(declared) || LogicalConversions.isConverted(declared)) {
            return new DeclaredType(Kind.VALUE, declared, null, null);
        }
        if (!isPlainClass(declared)) {
            throw unknown(declared);
        }
        ReflectModel model = new ReflectModel(declared, nullable);
        return new DeclaredType(Kind.REFLECTED, declared, model.schema(), model);
    }

    /**
     * Returns what a Kafka client's configuration declares, or what was declared before if it declares nothing.
     *
     * @throws ConfigException if there is no such class, or Avro cannot write it
     */
    static DeclaredType of(ClientConfig config, DeclaredType before) {
        String key = AvroSerializer.REFLECT_NULLABLE_CONFIG;
        Object nullable =
                ConfigDef.parseType(config.keyFor(key), config.text(key).orElse(null), ConfigDef.Type.BOOLEAN);
        Class<?> type = config.classNamed(AvroDeserializer.TYPE_CONFIG).orElse(null);
        if (type == null && (nullable == null || before.kind != Kind.REFLECTED)) {
            return before;
        }
        try {
            return of(type == null ? before.type : type, Boolean.TRUE.equals(nullable));
        } catch (ConfigException e) {
            throw new ConfigException(config.keyFor(AvroDeserializer.TYPE_CONFIG), type, e.getMessage());
        }
    }

    /** Returns the primitive schema of a Java type, or null. */
    static @Nullable Schema plainSchema(Class<?> type) {
        Schema.Type primitive = PRIMITIVES.get(type);
        if (primitive == null && CharSequence.class.isAssignableFrom(type)) {
            primitive = Schema.Type.STRING;
        }
        if (primitive == null && ByteBuffer.class.isAssignableFrom(type)) {
            primitive = Schema.Type.BYTES;
        }
        return primitive == null ? null : Schema.create(primitive);
    }

    /** Returns whether a class is one that Avro has generated. */
    static boolean isGenerated(Class<?> type) {
        boolean record = SpecificRecord.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
        return record
                || (SpecificFixed.class.isAssignableFrom(type) && type != SpecificFixed.class)
                || (type.isEnum() && GenericEnumSymbol.class.isAssignableFrom(type));
    }

    private static boolean isGenericValue(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || type == GenericFixed.class
                || type == GenericData.Fixed.class
                || type == GenericEnumSymbol.class
                || type == GenericData.EnumSymbol.class;
    }

    /** Other classes have no fields of the application that Avro's reflect model could see. */
    private static boolean isPlainClass(Class<?> type) {
        boolean open = type.isInterface() || Modifier.isAbstract(type.getModifiers());
        return !type.isArray()
                && !type.isPrimitive()
                && !type.isAnnotation()
                && !type.getName().startsWith("java.")
                && !type.getName().startsWith("javax.")
                && !type.getName().startsWith("org.apache.avro.")
                && (!open || type.isEnum() || type.isAnnotationPresent(org.apache.avro.reflect.Union.class));
    }

    private static ConfigException unknown(Type type) {
        return new ConfigException("avro cannot write the type " + type.getTypeName()
                + ": declare GenericRecord, a class that Avro has generated, a class with fields or a primitive type,"
                + " or choose another serializer");
    }

    /** Adds the schema under which values of this type are written, unless it is that of the class. */
    void addWriter(Schema written, List<Schema> others) {
        if (schema == null || !Fingerprint.of(schema).equals(Fingerprint.of(written))) {
            others.add(written);
        }
    }

    /**
     * Adds a schema that values may have been written with. That of a value that is no record means two: the record in
     * which Kurier's connector publishes it, and the value by itself, which needs a frame to be distinguished.
     */
    void addWriters(Schema written, List<Schema> others, List<Schema> values) {
        boolean isValue = kind == Kind.VALUE || (schema != null && schema.getType() != Schema.Type.RECORD);
        if (isValue || written.getType() == Schema.Type.RECORD) {
            others.add(written);
        } else {
            others.addAll(ValueRecord.schemasOf(written));
            values.add(written);
        }
    }

    /** Returns the name of the type for an error. */
    String name() {
        return kind == Kind.ANY ? "GenericRecord" : type.getTypeName();
    }
}
