// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.RecordSequence;
import io.kurier.spi.SequenceSerializer;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes each word of a text as a record of its own. The word {@code unreadable} cannot be read, {@code unlinked} lacks
 * a class, {@code interrupted} finds its channel closed, and {@code shared} comes in the array of the word before. A text
 * that ends with {@code jammed} cannot be closed, with {@code broken} its close is an error, with {@code sneaky} it throws
 * what it does not declare, and with {@code endless} it fails where it should say that it has ended. A blank has no words.
 */
public final class Chunks implements SerializerPlugin {
    /** Sequences that were opened and not closed. */
    public static final AtomicInteger OPEN = new AtomicInteger();

    @Override
    public String name() {
        return "chunks";
    }

    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        return new WordSerializer();
    }

    @SuppressWarnings("unchecked") // unchecked on purpose: so the compiler lets it pass
    private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static final class WordSerializer implements SequenceSerializer<String> {
        @Override
        public byte[] serialize(String topic, String data) {
            throw new UnsupportedOperationException("a sequence");
        }

        @Override
        public RecordSequence sequence(String topic, Headers headers, String value) {
            OPEN.incrementAndGet();
            return new RecordSequence() {
                private final String[] words = value.isBlank() ? new String[0] : value.split(" ");
                private int next;
                private byte @Nullable [] last;

                @Override
                public byte @Nullable [] next(Headers own) throws IOException {
                    if (next == words.length) {
                        if (value.endsWith("endless")) {
                            throw new IOException("the end is missing");
                        }
                        return null;
                    }
                    if (words[next].equals("unreadable")) {
                        throw new IOException("the disk is gone");
                    }
                    if (words[next].equals("interrupted")) {
                        throw new ClosedByInterruptException();
                    }
                    if (words[next].equals("unlinked")) {
                        throw new NoClassDefFoundError("org/example/Codec");
                    }
                    own.add("index", Integer.toString(next).getBytes(UTF_8));
                    if (!words[next++].equals("shared")) {
                        last = words[next - 1].getBytes(UTF_8);
                    }
                    return last;
                }

                @Override
                public void close() throws IOException {
                    OPEN.decrementAndGet();
                    if (value.endsWith("jammed")) {
                        throw new IOException("the handle is gone");
                    }
                    if (value.endsWith("broken")) {
                        throw new StackOverflowError();
                    }
                    if (value.endsWith("sneaky")) {
                        throw Chunks.<RuntimeException>undeclared(new Exception("not declared"));
                    }
                }
            };
        }
    }
}
