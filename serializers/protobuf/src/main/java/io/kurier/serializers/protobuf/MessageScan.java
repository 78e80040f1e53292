// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.ExtensionRegistry.ExtensionInfo;
import com.google.protobuf.WireFormat;
import io.kurier.serializers.internal.ByteCursor;
import io.kurier.serializers.internal.Meter;
import io.kurier.serializers.internal.ReadLimits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Checks the bytes of a message for excessive memory and depth before they are parsed: two bytes can become a message
 * with a slot for each of its fields, three an unknown field with five lists. Only messages whose size and type allow
 * for that are checked. A damaged message passes as far as it can be read, since the parser has the better error.
 */
final class MessageScan {
    private final ExtensionRegistry extensions;
    private final MessageCost cost;
    private final ByteCursor in;
    private final Meter meter;

    private MessageScan(ExtensionRegistry extensions, MessageCost cost, ByteCursor in, Meter meter) {
        this.extensions = extensions;
        this.cost = cost;
        this.in = in;
        this.meter = meter;
    }

    /**
     * Checks a message.
     *
     * @throws io.kurier.serializers.internal.LimitExceededException if it would take too much, or is nested too deeply
     */
    static void check(
            Descriptor type,
            ExtensionRegistry extensions,
            MessageCost cost,
            byte[] bytes,
            int offset,
            int length,
            ReadLimits limits) {
        Meter meter = new Meter(limits, length);
        try {
            new MessageScan(extensions, cost, new ByteCursor(bytes, offset, length), meter).message(type, 0);
        } catch (IOException e) {
            // Damaged: the parser ends at the same place, and everything before it has been counted.
            return;
        }
    }

    /**
     * Checks the fields of a message, or those of an unknown group.
     *
     * @param group the number of the group that ends with its own tag, 0 for a message that ends with its bytes
     */
    private void message(@Nullable Descriptor type, int group) throws IOException {
        meter.add(type == null ? MessageCost.UNKNOWN_GROUP : cost.of(type));
        int unknown = 0;
        while (group != 0 || in.remaining() > 0) {
            int tag = (int) in.varint();
            int number = WireFormat.getTagFieldNumber(tag);
            int wireType = WireFormat.getTagWireType(tag);
            if (wireType == WireFormat.WIRETYPE_END_GROUP) {
                if (number != group) {
                    throw new IOException("no such group has begun");
                }
                return;
            }
            FieldDescriptor field = type == null ? null : fieldOf(type, number);
            if (field != null && !takes(field, wireType)) {
                field = null; // the parser keeps it as an unknown one
            }
            if (field == null) {
                meter.add(number == unknown ? MessageCost.UNKNOWN_VALUE : MessageCost.UNKNOWN_FIELD);
                unknown = number;
            } else {
                meter.add(cost.ofValue(field));
            }
            value(type, field, number, wireType);
        }
    }

    private void value(@Nullable Descriptor type, @Nullable FieldDescriptor field, int number, int wireType)
            throws IOException {
        switch (wireType) {
            case WireFormat.WIRETYPE_VARINT -> number(field, in);
            case WireFormat.WIRETYPE_FIXED32 -> in.skip(Integer.BYTES);
            case WireFormat.WIRETYPE_FIXED64 -> in.skip(Long.BYTES);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> delimited(field, in.varint());
            case WireFormat.WIRETYPE_START_GROUP -> {
                meter.enter();
                if (type != null && type.getOptions().getMessageSetWireFormat()) {
                    messageSet(type, number);
                } else {
                    message(messageOf(field), number);
                }
                meter.leave();
            }
            default -> throw new IOException("there is no such wire type");
        }
    }

    private void delimited(@Nullable FieldDescriptor field, long length) throws IOException {
        Descriptor inner = messageOf(field);
        if (inner != null) {
            meter.enter();
            new MessageScan(extensions, cost, in.slice(length), meter).message(inner, 0);
            meter.leave();
            return;
        }
        if (field == null || !field.isPackable()) {
            in.skip(length);
            meter.add(2 * length);
            return;
        }
        ByteCursor packed = in.slice(length);
        meter.add(length, cost.ofPackedByte());
        while (field.getJavaType() == FieldDescriptor.JavaType.ENUM && packed.remaining() > 0) {
            number(field, packed);
        }
    }

    private void number(@Nullable FieldDescriptor field, ByteCursor from) throws IOException {
        long number = from.varint();
        if (field != null && field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
            meter.add(cost.ofEnum(field, number));
        }
    }

    /**
     * Checks items of a type number and a message (protobuf-java, {@code MessageSet}); an extension's item is a
     * message.
     */
    private void messageSet(Descriptor type, int group) throws IOException {
        meter.add(MessageCost.UNKNOWN_FIELD);
        long typeId = 0;
        for (int tag = (int) in.varint(); ; tag = (int) in.varint()) {
            int wireType = WireFormat.getTagWireType(tag);
            if (wireType == WireFormat.WIRETYPE_END_GROUP) {
                if (WireFormat.getTagFieldNumber(tag) != group) {
                    throw new IOException("no such group has begun");
                }
                return;
            }
            if (wireType == WireFormat.WIRETYPE_VARINT) {
                typeId = in.varint();
            } else {
                value(null, fieldOf(type, (int) typeId), (int) typeId, wireType);
            }
        }
    }

    private @Nullable FieldDescriptor fieldOf(Descriptor type, int number) {
        FieldDescriptor field = type.findFieldByNumber(number);
        if (field != null || !type.isExtensionNumber(number)) {
            return field;
        }
        ExtensionInfo extension = extensions.findImmutableExtensionByNumber(type, number);
        return extension == null ? null : extension.descriptor;
    }

    private static boolean takes(FieldDescriptor field, int wireType) {
        return wireType == field.getLiteType().getWireType()
                || (field.isPackable() && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private static @Nullable Descriptor messageOf(@Nullable FieldDescriptor field) {
        return field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : null;
    }
}
