// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field of one message, with the result that parsing the message would have: of several values the last one
 * counts, a nested message that is there several times is merged, and a field of a oneof is cleared by another one of it
 * (Protobuf's encoding, "Last One Wins"). Other fields are skipped. Not safe for use by several threads.
 */
final class MessageWalk {
    private static final byte[] EMPTY = {};

    private final List<FieldDescriptor> steps;
    private final FieldDescriptor field;
    private final byte[] bytes;
    private final int offset;
    private final CodedInputStream in;

    /** The number of nested messages of the path that are there. */
    private int reached;

    private boolean isSet;

    /** The last value of a number, a boolean or an enum. */
    private long number;

    /** The place of the last text or bytes in the message. */
    private int from;

    private int size;

    /**
     * Creates the walk through a message.
     *
     * @param steps the fields of the nested messages, and the field that is read
     * @param maxDepth how many levels the message may be nested
     */
    MessageWalk(List<FieldDescriptor> steps, byte[] bytes, int offset, int length, int maxDepth) {
        this.steps = steps;
        this.field = steps.get(steps.size() - 1);
        this.bytes = bytes;
        this.offset = offset;
        this.in = CodedInputStream.newInstance(bytes, offset, length);
        in.setRecursionLimit(maxDepth);
    }

    /**
     * Returns the bytes of the field, its default if it has no presence and is absent, null if it is missing.
     *
     * @throws IOException if the bytes are no message
     */
    byte @Nullable [] read() throws IOException {
        message(0, 0);
        if (isSet) {
            return value();
        }
        return reached == steps.size() - 1 && !field.hasPresence() ? absent() : null;
    }

    /**
     * Reads the fields of a message.
     *
     * @param level the index of the step that is looked for in it
     * @param group the number of the group that ends with its own tag, 0 for a message that ends with its bytes
     */
    private void message(int level, int group) throws IOException {
        FieldDescriptor step = steps.get(level);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int wireType = WireFormat.getTagWireType(tag);
            if (wireType == WireFormat.WIRETYPE_END_GROUP) {
                if (group != WireFormat.getTagFieldNumber(tag)) {
                    throw new IOException("no such group has begun");
                }
                return;
            }
            if (tag == tagOf(step)) {
                if (level < steps.size() - 1) {
                    nested(level + 1, step);
                } else {
                    last();
                }
            } else if (!clears(level, tag)) {
                skip(tag);
            }
        }
        if (group != 0) {
            throw new IOException("a group does not end");
        }
    }

    private static int tagOf(FieldDescriptor field) {
        return (field.getNumber() << 3) | field.getLiteType().getWireType();
    }

    private void skip(int tag) throws IOException {
        boolean unused = in.skipField(tag);
    }

    private void nested(int level, FieldDescriptor step) throws IOException {
        reached = Math.max(reached, level);
        if (step.getType() == FieldDescriptor.Type.GROUP) {
            message(level, step.getNumber());
            return;
        }
        int limit = in.pushLimit(in.readRawVarint32());
        message(level, 0);
        in.popLimit(limit);
    }

    /** Skips a field and returns true, if it is another one of the oneof of a step, whose place it takes. */
    private boolean clears(int level, int tag) throws IOException {
        FieldDescriptor step = steps.get(level);
        OneofDescriptor oneof = step.getRealContainingOneof();
        if (oneof == null) {
            return false;
        }
        FieldDescriptor other = step.getContainingType().findFieldByNumber(WireFormat.getTagFieldNumber(tag));
        if (other == null || other.getContainingOneof() != oneof || tag != tagOf(other)) {
            return false;
        }
        if (other.getType() == FieldDescriptor.Type.ENUM) {
            if (isUnknown(other, in.readEnum())) {
                return true;
            }
        } else {
            skip(tag);
        }
        isSet = false;
        reached = Math.min(reached, level);
        return true;
    }

    /** Returns whether a number is none of the enum's, and is kept as an unknown field by a parser. */
    private static boolean isUnknown(FieldDescriptor field, int number) {
        return field.legacyEnumFieldTreatedAsClosed() && field.getEnumType().findValueByNumber(number) == null;
    }

    private void last() throws IOException {
        long read = 0;
        switch (field.getType()) {
            case INT32 -> read = in.readInt32();
            case INT64 -> read = in.readInt64();
            case UINT32 -> read = Integer.toUnsignedLong(in.readUInt32());
            case UINT64 -> read = in.readUInt64();
            case SINT32 -> read = in.readSInt32();
            case SINT64 -> read = in.readSInt64();
            case FIXED32 -> read = Integer.toUnsignedLong(in.readFixed32());
            case FIXED64 -> read = in.readFixed64();
            case SFIXED32 -> read = in.readSFixed32();
            case SFIXED64 -> read = in.readSFixed64();
            case BOOL -> read = in.readBool() ? 1 : 0;
            case ENUM -> {
                read = in.readEnum();
                if (isUnknown(field, (int) read)) {
                    return;
                }
            }
            case STRING, BYTES -> {
                size = in.readRawVarint32();
                from = in.getTotalBytesRead();
                in.skipRawBytes(size);
            }
            default -> throw new IllegalStateException("a field of the type " + field.getType());
        }
        number = read;
        isSet = true;
    }

    private byte[] value() throws IOException {
        return switch (field.getType()) {
            case BOOL -> Boolean.toString(number != 0).getBytes(UTF_8);
            case ENUM -> name(field.getEnumType(), (int) number).getBytes(UTF_8);
            case UINT64, FIXED64 -> Long.toUnsignedString(number).getBytes(UTF_8);
            case STRING, BYTES -> {
                int begin = offset + from;
                if (field.needsUtf8Check()
                        && !UnsafeByteOperations.unsafeWrap(bytes, begin, size).isValidUtf8()) {
                    throw new IOException("the text is not in UTF-8");
                }
                yield Arrays.copyOfRange(bytes, begin, begin + size);
            }
            default -> Long.toString(number).getBytes(UTF_8);
        };
    }

    private static String name(EnumDescriptor type, int number) {
        EnumValueDescriptor known = type.findValueByNumber(number);
        return known == null ? Integer.toString(number) : known.getName();
    }

    private byte[] absent() {
        return switch (field.getJavaType()) {
            case STRING, BYTE_STRING -> EMPTY;
            case BOOLEAN -> "false".getBytes(UTF_8);
            case ENUM ->
                ((EnumValueDescriptor) Objects.requireNonNull(field.getDefaultValue()))
                        .getName()
                        .getBytes(UTF_8);
            default -> "0".getBytes(UTF_8);
        };
    }
}
