// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.internal;

import java.lang.ref.WeakReference;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Passes the key of a record from its key deserializer to its value deserializer, which Kafka does not show the key.
 * Kafka's consumer and Kafka Streams deserialize the key first, in the same thread and with the same {@link Headers}
 * object, by which the value deserializer knows that a key belongs to its record. The consumer does not call the key
 * deserializer for a null key. So the value deserializer has to be sure that the key deserializer is in use.
 *
 * <p>Readers can be nested, and an inner one may see the key that an outer one has decrypted. So each kind of reader
 * keeps the key that it was given itself.
 */
public final class RecordKey {
    private static final ThreadLocal<@Nullable RecordKey> LAST = new ThreadLocal<>();

    private final Class<?> reader;
    private final WeakReference<Headers> headers;
    private final byte[] bytes;
    private final @Nullable RecordKey outer;

    private RecordKey(Class<?> reader, WeakReference<Headers> headers, byte[] bytes, @Nullable RecordKey outer) {
        this.reader = reader;
        this.headers = headers;
        this.bytes = bytes;
        this.outer = outer;
    }

    /** Keeps the key of a record for its value, in this thread. */
    public static void keep(Headers headers, byte[] key) {
        keep(RecordKey.class, headers, key);
    }

    /**
     * Keeps the key of a record for its value, in this thread, beside those of other kinds of readers.
     *
     * @param reader stands for the kind of reader
     */
    public static void keep(Class<?> reader, Headers headers, byte[] key) {
        RecordKey last = ofRecord(headers);
        RecordKey outer = last == null || last.of(reader) != null ? null : last; // else the headers are used again
        LAST.set(new RecordKey(reader, new WeakReference<>(headers), key, outer));
    }

    /** Returns the key of the record that has these headers; null if none was kept, which means a null key. */
    public static byte @Nullable [] of(Headers headers) {
        return of(RecordKey.class, headers);
    }

    /** Returns the key that this kind of reader has kept, as {@link #of(Headers)}. */
    public static byte @Nullable [] of(Class<?> reader, Headers headers) {
        RecordKey last = ofRecord(headers);
        return last == null ? null : last.of(reader);
    }

    private static @Nullable RecordKey ofRecord(Headers headers) {
        RecordKey last = LAST.get();
        return last != null && last.headers.get() == headers ? last : null;
    }

    private byte @Nullable [] of(Class<?> wanted) {
        for (RecordKey each = this; each != null; each = each.outer) {
            if (each.reader == wanted) {
                return each.bytes;
            }
        }
        return null;
    }
}
