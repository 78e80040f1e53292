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
 */
public final class RecordKey {
    private static final ThreadLocal<@Nullable RecordKey> LAST = new ThreadLocal<>();

    private final WeakReference<Headers> headers;
    private final byte[] bytes;

    private RecordKey(Headers headers, byte[] bytes) {
        this.headers = new WeakReference<>(headers);
        this.bytes = bytes;
    }

    /** Keeps the key of a record for its value, in this thread. */
    public static void keep(Headers headers, byte[] key) {
        LAST.set(new RecordKey(headers, key));
    }

    /** Returns the key of the record that has these headers; null if none was kept, which means a null key. */
    public static byte @Nullable [] of(Headers headers) {
        RecordKey last = LAST.get();
        return last != null && last.headers.get() == headers ? last.bytes : null;
    }
}
