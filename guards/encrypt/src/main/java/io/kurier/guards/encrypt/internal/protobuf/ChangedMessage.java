// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.encrypt.internal.fields.FieldTree;
import io.kurier.guards.encrypt.internal.fields.Place;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Changes the fields of messages. A field that is not there, which an empty one without presence is not, stays so.
 * Unknown fields are kept. Used by one thread.
 */
final class ChangedMessage {
    private final FieldChange change;

    ChangedMessage(FieldChange change) {
        this.change = change;
    }

    /** Returns a message with changed fields. */
    Message within(Message message, FieldTree node, Place place) {
        Message.Builder builder = message.toBuilder();
        node.children().forEach((name, child) -> {
            FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
            if (field != null) {
                field(builder, field, child, place.field(name));
            }
        });
        return builder.buildPartial();
    }

    private void field(Message.Builder builder, FieldDescriptor field, FieldTree node, Place place) {
        if (!field.isRepeated()) {
            if (builder.hasField(field)) {
                builder.setField(field, value(builder.getField(field), node, place));
            }
            return;
        }
        for (int index = 0; index < builder.getRepeatedFieldCount(field); index++) {
            Object element = builder.getRepeatedField(field, index);
            builder.setRepeatedField(
                    field,
                    index,
                    field.isMapField()
                            ? entry((Message) element, field, node, place)
                            : value(element, node, place.index(index)));
        }
    }

    private Message entry(Message entry, FieldDescriptor map, FieldTree node, Place place) {
        Object key = entry.getField(map.getMessageType().findFieldByNumber(1));
        FieldDescriptor value = MessageFields.element(map);
        return entry.toBuilder()
                .setField(value, value(entry.getField(value), node, place.key(String.valueOf(key))))
                .build();
    }

    private Object value(Object value, FieldTree node, Place place) {
        if (!node.isLast()) {
            if (value instanceof Message message) {
                return within(message, node, place);
            }
            throw new SerializationException(
                    node.noFields(place, "of the class " + value.getClass().getName()));
        }
        if (value instanceof String text) {
            return change.ofText(place, text);
        }
        if (value instanceof ByteString bytes) {
            return ByteString.copyFrom(change.ofBytes(place, bytes.toByteArray()));
        }
        throw new SerializationException("the field " + place + " is of the class "
                + value.getClass().getName() + ", which is neither text nor bytes");
    }
}
