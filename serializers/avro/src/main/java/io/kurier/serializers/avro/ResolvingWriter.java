// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.FastReaderBuilder;

/**
 * Writes records under a declared schema that is not their own, by Avro's schema resolution: fields in the declared
 * order, defaults for the missing ones, promoted types. {@link Resolution} has found that nothing is lost. Safe for use
 * by any number of threads.
 */
final class ResolvingWriter implements DatumWriter<Object> {
    private final DatumWriter<Object> own;
    private final DatumReader<Object> resolving;
    private final RecordWriter declared;

    /**
     * Creates a writer.
     *
     * @param own writes the records in their own schema
     * @param schema the records' own schema
     * @param declared the schema under which they are written
     * @param ordersEntries whether maps are written in the order of their keys
     */
    ResolvingWriter(DatumWriter<Object> own, Schema schema, Schema declared, boolean ordersEntries) {
        this.own = own;
        try {
            this.resolving = new FastReaderBuilder(new GenericData())
                    .withClassPropEnabled(false)
                    .withKeyClassEnabled(false)
                    .createDatumReader(schema, declared);
        } catch (IOException e) {
            throw new IllegalStateException("Avro resolved the schemas before", e);
        }
        this.declared = new RecordWriter(declared, LogicalConversions.ofGeneric(), ordersEntries);
    }

    @Override
    public void setSchema(Schema schema) {
        throw new UnsupportedOperationException("a writer belongs to one schema");
    }

    @Override
    public void write(Object datum, Encoder out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        own.write(datum, encoder);
        encoder.flush();
        Object resolved = resolving.read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        declared.write(resolved, out);
    }
}
