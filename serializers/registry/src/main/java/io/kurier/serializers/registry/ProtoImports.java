// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
        List<String> paths = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            while (bytes.hasRemaining()) {
                long tag = varint(bytes);
                switch ((int) tag & 7) {
                    case 0 -> varint(bytes);
                    case 1 -> skip(bytes, Long.BYTES);
                    case 2 -> {
                        byte[] content = new byte[length(bytes)];
                        bytes.get(content);
                        String path = new String(content, UTF_8);
                        if (tag >>> 3 == DEPENDENCY && !isKnown(path)) {
                            paths.add(path);
                        }
                    }
                    case 5 -> skip(bytes, Integer.BYTES);
                    default -> throw new IllegalArgumentException("the bytes are not those of a Protobuf descriptor");
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the bytes of a Protobuf descriptor end too early", e);
        }
        return List.copyOf(paths);
    }

    /** Returns whether a registry has the file without a reference. */
    static boolean isKnown(String path) {
        return path.startsWith("google/protobuf/") || path.startsWith("google/type/") || path.startsWith("confluent/");
    }

    private static int length(ByteBuffer bytes) {
        long length = varint(bytes);
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }

    private static void skip(ByteBuffer bytes, int count) {
        if (count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + count);
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }
}
