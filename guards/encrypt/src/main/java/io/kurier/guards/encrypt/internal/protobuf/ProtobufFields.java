// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.protobuf;

import com.google.protobuf.Message;
import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.encrypt.internal.fields.FieldTree;
import io.kurier.guards.encrypt.internal.fields.OpenedObjects;
import io.kurier.guards.encrypt.internal.fields.Place;
import io.kurier.guards.encrypt.internal.fields.SealedFields;
import io.kurier.serializers.internal.GuardedValues;
import io.kurier.serializers.protobuf.internal.guards.GuardedMessages;
import io.kurier.serializers.protobuf.internal.guards.GuardedTypes;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.GuardSettings;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Encrypts named fields of the types string and bytes in Protobuf messages, and opens them. The type stays as it is: the
 * envelope is the new content of bytes, and in Base64 that of a string. Safe for use by any number of threads.
 */
public final class ProtobufFields implements SealedFields {
    private final FieldTree fields;
    private final GuardedValues values;
    private final GuardedMessages messages;

    private ProtobufFields(FieldTree fields, GuardedValues values, GuardedMessages messages) {
        this.fields = fields;
        this.values = values;
        this.messages = messages;
    }

    /**
     * Returns what encrypts the fields of a topic whose serializer writes Protobuf.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the message types are not known, a field cannot be
     *     encrypted, or the serializer's framing cannot be read
     */
    public static ProtobufFields sealing(FieldTree fields, GuardSettings settings) {
        GuardedValues values = new GuardedValues(settings, GuardedMessages.PROTOBUF, ProtobufFields.class, Set.of());
        try {
            AbstractConfig keys =
                    values.keys(GuardedTypes.withKeysOfSerializer(GuardedMessages.LIMITS.defineIn(new ConfigDef())));
            GuardedTypes types = GuardedTypes.of(
                    values, keys, "topics." + settings.alias() + ".value.serializer." + GuardedTypes.DESCRIPTOR);
            fields.paths().forEach(path -> MessageFields.check(path, types.descriptors()));
            return new ProtobufFields(
                    fields, values, new GuardedMessages(values, types, GuardedMessages.LIMITS.with(keys)));
        } catch (RuntimeException | LinkageError e) {
            values.close();
            throw e;
        }
    }

    /** Returns what opens the fields of messages that a deserializer has made. */
    public static OpenedObjects opening(FieldTree fields) {
        return (value, change) -> {
            if (value instanceof Message message) {
                return new ChangedMessage(change).within(message, fields, Place.WHOLE);
            }
            throw new SerializationException(
                    "they are opened in messages of Protobuf, and the deserializer has returned" + " the class "
                            + value.getClass().getName());
        };
    }

    @Override
    public byte[] seal(EncodedRecord record, byte[] value, Function<byte[], FieldChange> changes) {
        GuardedMessages.Read read = messages.read(record, value);
        byte[] frame = Arrays.copyOf(value, read.frame());
        byte[] message = new ChangedMessage(changes.apply(frame))
                .within(read.message(), fields, Place.WHOLE)
                .toByteArray();
        byte[] sealed = Arrays.copyOf(frame, frame.length + message.length);
        System.arraycopy(message, 0, sealed, frame.length, message.length);
        return sealed;
    }

    @Override
    public void close() {
        values.close();
    }
}
