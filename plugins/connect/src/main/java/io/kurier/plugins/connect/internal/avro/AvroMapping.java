// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.avro;

import io.kurier.plugins.connect.internal.DataMapping;
import io.kurier.plugins.connect.internal.FormatMapping;
import io.kurier.plugins.connect.internal.SchemaMemory;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/** Connect data as Avro, in the shape that other Avro converters of Connect write and read. */
public final class AvroMapping implements FormatMapping {
    private static final String ADJUST = "names.adjust";

    /** Creates the mapping; for {@link java.util.ServiceLoader}. */
    public AvroMapping() {}

    @Override
    public String format() {
        return "avro";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        ADJUST,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether a character that Avro does not allow in names becomes an underscore. If false, such a"
                                + " name is refused. For avro.");
    }

    @Override
    public DataMapping mapping(AbstractConfig keys) {
        return new Mapping(new AvroNames(keys.getBoolean(ADJUST)));
    }

    private static final class Mapping implements DataMapping {
        private final SchemaMemory<Schema, AvroWriter> writers;
        private final SchemaMemory<org.apache.avro.Schema, AvroReader> readers;

        Mapping(AvroNames names) {
            writers = new SchemaMemory<>(schema -> new AvroWriters(names).whole(schema));
            readers = new SchemaMemory<>(schema -> new AvroReaders().whole(schema));
        }

        @Override
        public Object toFormat(Schema schema, Object data) {
            AvroWriter writer = writers.of(schema);
            try {
                Object written = Objects.requireNonNull(writer.encoder().encode(data));
                return written instanceof Map<?, ?> map ? new SchemaMap(writer.schema(), map) : written;
            } catch (ClassCastException e) {
                throw new DataException("the value is not of its schema, " + schema.type());
            }
        }

        @Override
        public SchemaAndValue toConnect(Object value) {
            if (value instanceof GenericContainer container) {
                AvroReader reader = readers.of(container.getSchema());
                return new SchemaAndValue(reader.schema(), reader.decoder().decode(value));
            }
            Schema schema = AvroReaders.ofClass(value);
            return new SchemaAndValue(schema, value instanceof CharSequence ? value.toString() : value);
        }
    }

    /** A map that knows its schema, as a record and an array of Avro do. */
    private static final class SchemaMap extends AbstractMap<Object, Object> implements GenericContainer {
        private final org.apache.avro.Schema schema;
        private final Map<Object, Object> entries;

        @SuppressWarnings("unchecked") // any map is one of objects
        SchemaMap(org.apache.avro.Schema schema, Map<?, ?> entries) {
            this.schema = schema;
            this.entries = (Map<Object, Object>) entries;
        }

        @Override
        public org.apache.avro.Schema getSchema() {
            return schema;
        }

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            return entries.entrySet();
        }
    }
}
