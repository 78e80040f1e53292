// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.jspecify.annotations.Nullable;

/**
 * Does what the converters of {@code org.apache.kafka.connect.converters} do, which are in Connect's runtime, which
 * this host does not have. Makes the same bytes, and an exception of the same kind for the same values. Safe for use by
 * any number of threads.
 */
final class KafkaConverter<T> implements Converter, HeaderConverter {
    private static final String PACKAGE = "org.apache.kafka.connect.converters.";
    private static final String SUFFIX = "Converter";

    /** The converters by what precedes {@link #SUFFIX} in their names. */
    private static final Map<String, Kind<?>> KINDS = Map.of(
            "ByteArray", new Kind<>(Schema.OPTIONAL_BYTES_SCHEMA, byte[].class, Serdes.ByteArray()),
            "Boolean", new Kind<>(Schema.OPTIONAL_BOOLEAN_SCHEMA, Boolean.class, Serdes.Boolean()),
            "Double", new Kind<>(Schema.OPTIONAL_FLOAT64_SCHEMA, Double.class, Serdes.Double()),
            "Float", new Kind<>(Schema.OPTIONAL_FLOAT32_SCHEMA, Float.class, Serdes.Float()),
            "Integer", new Kind<>(Schema.OPTIONAL_INT32_SCHEMA, Integer.class, Serdes.Integer()),
            "Long", new Kind<>(Schema.OPTIONAL_INT64_SCHEMA, Long.class, Serdes.Long()),
            "Short", new Kind<>(Schema.OPTIONAL_INT16_SCHEMA, Short.class, Serdes.Short()));

    private final Kind<T> kind;

    /** What a converter converts. */
    private record Kind<T>(Schema schema, Class<T> type, Serde<T> serde) {}

    private KafkaConverter(Kind<T> kind) {
        this.kind = kind;
    }

    /** Returns the full name of the converter of an alias, {@code Long} or {@code LongConverter}; null if there is none. */
    static @Nullable String fullName(String alias) {
        String word = alias.endsWith(SUFFIX) ? alias.substring(0, alias.length() - SUFFIX.length()) : alias;
        return KINDS.containsKey(word) ? PACKAGE + word + SUFFIX : null;
    }

    /** Returns the converter that does what a class does; null if there is none. */
    static @Nullable KafkaConverter<?> of(String className) {
        Kind<?> kind = className.startsWith(PACKAGE) && className.endsWith(SUFFIX)
                ? KINDS.get(className.substring(PACKAGE.length(), className.length() - SUFFIX.length()))
                : null;
        return kind == null ? null : new KafkaConverter<>(kind);
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // nothing can be set
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        // nothing can be set
    }

    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        // Connect's converters of numbers do not look at the schema
        boolean looksAtSchema = kind.type == byte[].class || kind.type == Boolean.class;
        if (looksAtSchema && schema != null && schema.type() != kind.schema.type()) {
            throw new DataException(
                    "the converter takes the schema type " + kind.schema.type() + ", not " + schema.type());
        }
        if (value instanceof ByteBuffer buffer && kind.type == byte[].class) {
            return Buffers.bytes(buffer);
        }
        if (value != null && !kind.type.isInstance(value)) {
            throw new DataException("the converter takes " + kind.type.getTypeName() + ", not "
                    + value.getClass().getTypeName());
        }
        return kind.serde.serializer().serialize(topic, kind.type.cast(value));
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        try {
            return new SchemaAndValue(kind.schema, kind.serde.deserializer().deserialize(topic, value));
        } catch (SerializationException e) {
            throw new DataException("the bytes are no " + kind.type.getTypeName(), e);
        }
    }

    @Override
    public byte @Nullable [] fromConnectHeader(
            String topic, String headerKey, @Nullable Schema schema, @Nullable Object value) {
        return fromConnectData(topic, schema, value);
    }

    @Override
    public SchemaAndValue toConnectHeader(String topic, String headerKey, byte @Nullable [] value) {
        return toConnectData(topic, value);
    }

    @Override
    public void close() {
        // the serializers hold nothing
    }
}
