// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.kurier.plugins.connect.internal.DataMapping;
import io.kurier.plugins.connect.internal.FormatMapping;
import io.kurier.plugins.connect.internal.SchemaMemory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Connect data as messages of proto3, whose types are made of their schemas. */
public final class ProtobufMapping implements FormatMapping {

    /** Creates the mapping; for {@link java.util.ServiceLoader}. */
    public ProtobufMapping() {}

    @Override
    public String format() {
        return "protobuf";
    }

    @Override
    public DataMapping mapping(AbstractConfig keys) {
        return new Mapping();
    }

    private static final class Mapping implements DataMapping {
        private final SchemaMemory<Schema, MessageWriter> writers =
                new SchemaMemory<>(schema -> MessageWriter.of(schema, new MessageTypes().descriptor(schema), ""));
        private final SchemaMemory<Descriptor, MessageReader> readers = new SchemaMemory<>(MessageReader::of);

        @Override
        public Object toFormat(Schema schema, Object data) {
            if (!(data instanceof Struct struct)) {
                throw new DataException("Protobuf writes messages, and the value is of the type " + schema.type()
                        + ". Put it into a field with the transformation HoistField");
            }
            return writers.of(schema).message(struct);
        }

        @Override
        public SchemaAndValue toConnect(Object value) {
            Message message = (Message) value;
            MessageReader reader = readers.of(message.getDescriptorForType());
            return new SchemaAndValue(reader.schema(), reader.struct(message));
        }
    }
}
