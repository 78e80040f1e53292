// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.ConfigDef;

/**
 * {@code field}: a field of a JSON, Avro or Protobuf value is hashed in place of the key. Text, whole numbers, booleans,
 * enum constants and bytes can be; text is hashed as the same text is in a key. Where the schema is known at the start,
 * a field that it does not have stops the start.
 */
public final class FieldPlugin implements PartitionerPlugin {
    private static final String FIELD = "field";

    /** For {@link java.util.ServiceLoader}. */
    public FieldPlugin() {}

    @Override
    public String name() {
        return "field";
    }

    @Override
    public ConfigDef configDef() {
        return ContentKeys.defineIn(new ConfigDef()
                .define(
                        FIELD,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        ConfigDef.Importance.HIGH,
                        "The name of the field; names joined by dots for a field of a nested record, such as"
                                + " customer.id."));
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        String path = settings.config().getString(FIELD);
        ContentKeys keys = ContentKeys.of(settings.config());
        return new ByField(path, settings.fields().apply(path), keys);
    }

    private record ByField(String path, FieldReader reader, ContentKeys keys) implements RecordPartitioner {
        @Override
        public int partition(EncodedRecord record, int partitions) {
            byte[] value = reader.read(record);
            if (value != null) {
                return keys.hash().partition(value, partitions);
            }
            return keys.missing(
                    record.value() == null
                            ? "the record is a tombstone and has no field " + path
                            : "the value has no field " + path);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
