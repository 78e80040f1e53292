// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Messages with some of their fields, and a slow way to read one. */
final class RandomMessages {
    private RandomMessages() {}

    /** Returns a message of a type, in which required fields may be missing. */
    static Message of(Message type, Random random, int depth) {
        Message.Builder builder = type.newBuilderForType();
        for (FieldDescriptor field : type.getDescriptorForType().getFields()) {
            if (field.isMapField() || random.nextBoolean()) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(3); i > 0 && depth > 0; i--) {
                    builder.addRepeatedField(field, value(builder, field, random, depth));
                }
            } else if (depth > 0 || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                builder.setField(field, value(builder, field, random, depth));
            }
        }
        return builder.buildPartial();
    }

    private static Object value(Message.Builder builder, FieldDescriptor field, Random random, int depth) {
        return switch (field.getJavaType()) {
            case INT -> random.nextInt(5) - 2;
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> "ü".repeat(random.nextInt(3));
            case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(3)]);
            case ENUM -> {
                List<EnumValueDescriptor> values = field.getEnumType().getValues();
                yield values.get(random.nextInt(values.size()));
            }
            case MESSAGE ->
                of(builder.newBuilderForField(field).buildPartial().getDefaultInstanceForType(), random, depth - 1);
        };
    }

    /** Returns the bytes of a field of a parsed message. */
    static byte @Nullable [] field(Message message, String path) {
        Message within = message;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            FieldDescriptor step = within.getDescriptorForType().findFieldByName(names[i]);
            if (!within.hasField(step)) {
                return null;
            }
            within = (Message) within.getField(step);
        }
        FieldDescriptor last = within.getDescriptorForType().findFieldByName(names[names.length - 1]);
        if (last.hasPresence() && !within.hasField(last)) {
            return null;
        }
        Object value = within.getField(last);
        if (value instanceof ByteString bytes) {
            return bytes.toByteArray();
        }
        return text(last, value).getBytes(UTF_8);
    }

    private static String text(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case ENUM -> ((EnumValueDescriptor) value).getName();
            case UINT32, FIXED32 -> Integer.toUnsignedString((int) value);
            case UINT64, FIXED64 -> Long.toUnsignedString((long) value);
            default -> value.toString();
        };
    }
}
