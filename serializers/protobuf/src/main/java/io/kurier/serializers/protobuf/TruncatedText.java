// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.kurier.internal.Surrogates;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text with an unpaired surrogate, for which protobuf-java writes a question mark and a line in the log. A
 * message is searched only if the written bytes contain a question mark.
 */
final class TruncatedText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long EACH_HIGH_BIT = EACH_BYTE << 7;
    private static final long QUESTION_MARKS = EACH_BYTE * '?';

    private TruncatedText() {}

    /**
     * Returns the place and the reason, or null if no text has an unpaired surrogate; shows no values.
     *
     * @param written the bytes of the message from an offset on
     */
    static @Nullable String in(Message message, byte[] written, int offset) {
        return hasQuestionMark(written, offset) ? in(message) : null;
    }

    /**
     * Compares eight bytes at a time ("Determine if a word has a zero byte", Hacker's Delight, 6-1). It does not end
     * early, since hardly any message has one and a loop without a branch is faster.
     */
    private static boolean hasQuestionMark(byte[] bytes, int offset) {
        long found = 0;
        int index = offset;
        for (; index <= bytes.length - Long.BYTES; index += Long.BYTES) {
            long zeroIfSame = (long) LONGS.get(bytes, index) ^ QUESTION_MARKS;
            found |= (zeroIfSame - EACH_BYTE) & ~zeroIfSame;
        }
        for (; index < bytes.length; index++) {
            if (bytes[index] == '?') {
                return true;
            }
        }
        return (found & EACH_HIGH_BIT) != 0;
    }

    /** The path is built while returning, since hardly any message has one. */
    private static @Nullable String in(Message message) {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            boolean holds = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    || field.getJavaType() == FieldDescriptor.JavaType.STRING;
            String found = holds ? inValue(entry.getValue()) : null;
            if (found != null) {
                return (field.isExtension() ? "(" + field.getFullName() + ")" : field.getName()) + found;
            }
        }
        return null;
    }

    private static @Nullable String inValue(Object value) {
        if (value instanceof String text) {
            return Surrogates.indexOfHalf(text) < 0 ? null : ": " + Surrogates.describe(text);
        }
        if (value instanceof Message message) {
            String found = in(message);
            return found == null ? null : "." + found;
        }
        int index = 0;
        for (Object element : (List<?>) value) {
            String found = inValue(element);
            if (found != null) {
                return "[" + index + "]" + found;
            }
            index++;
        }
        return null;
    }
}
