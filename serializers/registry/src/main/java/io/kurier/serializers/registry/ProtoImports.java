// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.ProtoBytes;
import java.util.List;

/** The imports of a {@code FileDescriptorProto} (descriptor.proto). */
final class ProtoImports {
    private static final int DEPENDENCY = 3;

    private ProtoImports() {}

    /**
     * Returns the paths that a file imports itself, without those that come with Protobuf and with registries.
     *
     * @throws IllegalArgumentException if the bytes are no descriptor
     */
    static List<String> of(byte[] file) {
        return ProtoBytes.in(file, 0, file.length).stream()
                .filter(field -> field.number() == DEPENDENCY && field.type() == ProtoBytes.BYTES)
                .map(field -> new String(file, field.content(), field.to() - field.content(), UTF_8))
                .filter(path -> !isKnown(path))
                .toList();
    }

    /** Returns whether a registry has the file without a reference. */
    static boolean isKnown(String path) {
        return path.startsWith("google/protobuf/") || path.startsWith("google/type/") || path.startsWith("confluent/");
    }
}
