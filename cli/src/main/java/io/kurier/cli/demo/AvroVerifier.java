// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.serializers.avro.AvroDeserializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Verifies Avro's records, which are read with the schemas of the files that were published. */
final class AvroVerifier implements Verifier {
    private final Set<Schema> schemas = ConcurrentHashMap.newKeySet();
    private @Nullable AvroDeserializer<GenericRecord> deserializer;

    @Override
    public ContentHash sent(SourceRecord record) {
        GenericRecord value = (GenericRecord) record.value();
        schemas.add(value.getSchema());
        return fingerprint(value);
    }

    @Override
    public @Nullable ContentHash read(ConsumerRecord<byte[], byte[]> record) {
        if (deserializer == null) {
            deserializer = AvroDeserializer.generic(schemas.toArray(new Schema[0]));
        }
        try {
            GenericRecord value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            return value == null ? null : fingerprint(value);
        } catch (SerializationException e) {
            return null; // the ledger reports it
        }
    }

    private static ContentHash fingerprint(GenericRecord value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new OrderedWriter(value.getSchema()).write(value, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ContentHash.of(value.getSchema().getFullName(), bytes.toByteArray());
    }

    /** Writes equal maps as equal bytes. */
    private static final class OrderedWriter extends GenericDatumWriter<GenericRecord> {
        OrderedWriter(Schema schema) {
            super(schema);
        }

        @Override
        protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
            Map<String, Map.Entry<Object, Object>> ordered = new TreeMap<>();
            super.getMapEntries(map).forEach(entry -> ordered.put(entry.getKey().toString(), entry));
            return ordered.values();
        }
    }
}
