// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses strings that are not UTF-8 where Protobuf would replace invalid bytes: in proto2, and where a file has the
 * feature {@code utf8_validation = NONE}. In all other cases Protobuf refuses them itself.
 */
final class StrictStrings {

    private static final char REPLACEMENT = '\uFFFD';

    private final Descriptor type;
    private final ExtensionRegistry extensions;
    private final boolean needed;

    StrictStrings(Descriptor type, ExtensionRegistry extensions) {
        this.type = type;
        this.extensions = extensions;
        this.needed = hasLaxStrings(type);
    }

    /**
     * Checks a message against the bytes that it was parsed from. The bytes are checked only if a string of the message
     * has the character U+FFFD, which is either a replacement or was there before.
     *
     * @throws InvalidProtocolBufferException if a string in the bytes is not UTF-8
     */
    void check(Message message, byte[] bytes) throws InvalidProtocolBufferException {
        if (!needed || !mayHaveReplaced(message)) {
            return;
        }
        try {
            requireUtf8(CodedInputStream.newInstance(bytes), type);
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** Without recursion: a descriptor set can have a chain of types that exceeds the stack. */
    private static boolean hasLaxStrings(Descriptor type) {
        Set<Descriptor> seen = new HashSet<>(Set.of(type));
        Deque<Descriptor> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            Descriptor next = left.remove();
            // Extensions of a message may have strings too; an extra check costs little.
            if (next.isExtendable()) {
                return true;
            }
            for (FieldDescriptor field : next.getFields()) {
                if (field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.needsUtf8Check()) {
                    return true;
                }
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && seen.add(field.getMessageType())) {
                    left.add(field.getMessageType());
                }
            }
        }
        return false;
    }

    private static boolean mayHaveReplaced(Object value) {
        if (value instanceof String text) {
            return text.indexOf(REPLACEMENT) >= 0;
        }
        if (value instanceof Message message) {
            return message.getAllFields().values().stream().anyMatch(StrictStrings::mayHaveReplaced);
        }
        return value instanceof List<?> list && list.stream().anyMatch(StrictStrings::mayHaveReplaced);
    }

    /** Reads to the end of the input, of its limit, or of the enclosing group. */
    private void requireUtf8(CodedInputStream input, Descriptor message) throws IOException {
        while (true) {
            int tag = input.readTag();
            int wireType = WireFormat.getTagWireType(tag);
            if (tag == 0 || wireType == WireFormat.WIRETYPE_END_GROUP) {
                return;
            }
            FieldDescriptor field = field(message, WireFormat.getTagFieldNumber(tag));
            boolean delimited = wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (field == null) {
                input.skipField(tag);
            } else if (delimited && field.getType() == FieldDescriptor.Type.STRING) {
                input.readStringRequireUtf8();
            } else if (delimited && field.getType() == FieldDescriptor.Type.MESSAGE) {
                int outer = input.pushLimit(input.readRawVarint32());
                requireUtf8(input, field.getMessageType());
                input.popLimit(outer);
            } else if (wireType == WireFormat.WIRETYPE_START_GROUP && field.getType() == FieldDescriptor.Type.GROUP) {
                requireUtf8(input, field.getMessageType());
            } else {
                input.skipField(tag);
            }
        }
    }

    private @Nullable FieldDescriptor field(Descriptor message, int number) {
        FieldDescriptor declared = message.findFieldByNumber(number);
        if (declared != null) {
            return declared;
        }
        ExtensionRegistry.ExtensionInfo extension = extensions.findImmutableExtensionByNumber(message, number);
        return extension == null ? null : extension.descriptor;
    }
}
