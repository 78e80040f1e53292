// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a publishing JVM knows of each of its messages, one byte a message in a mapped file: the other JVM sees it at
 * once, and it outlives the end of the one that wrote it.
 */
final class ShutdownNotes {
    static final byte GIVEN = 1;
    static final byte STORED = 2;
    static final byte REJECTED = 3;
    static final byte OTHER = 4;

    private final MappedByteBuffer bytes;
    private final int count;

    private ShutdownNotes(MappedByteBuffer bytes, int count) {
        this.bytes = bytes;
        this.count = count;
    }

    /** Opens the file, or makes it with a byte of 0 for each message. */
    static ShutdownNotes open(Path file, int count) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return new ShutdownNotes(channel.map(FileChannel.MapMode.READ_WRITE, 0, count), count);
        }
    }

    void note(int number, byte what) {
        bytes.put(number, what);
    }

    boolean has(int number) {
        return bytes.get(number) != 0;
    }

    /** The numbers of the messages of which this is noted. */
    List<Integer> numbers(byte what) {
        return IntStream.range(0, count)
                .filter(number -> bytes.get(number) == what)
                .boxed()
                .toList();
    }
}
