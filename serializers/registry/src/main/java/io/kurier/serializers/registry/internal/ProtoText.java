// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.Map;

/**
 * The text of a .proto file and its descriptor, each made from the other: registries have the one, generated classes
 * the other.
 */
public final class ProtoText {
    private ProtoText() {}

    /**
     * Returns the .proto text of a descriptor.
     *
     * @param file a {@code FileDescriptorProto}
     */
    public static String of(byte[] file) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the {@code FileDescriptorProto} that a .proto text describes. A type that the text and its imports do not
     * declare keeps the name as it is written.
     *
     * @param text the .proto text, or the Base64 of a descriptor, which some registries accept
     * @param imports the texts of the imported files by their paths; those of google/protobuf may be absent
     * @throws IllegalArgumentException if it is no .proto text; the message is the end of a sentence, with line and
     *     column
     */
    public static byte[] descriptor(String text, Map<String, String> imports) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns whether two descriptors declare the same messages with the same fields on the wire: names, numbers,
     * types, labels; not comments, the order of declarations, or the file's name.
     */
    public static boolean isSame(byte[] one, byte[] other) {
        throw new UnsupportedOperationException();
    }
}
