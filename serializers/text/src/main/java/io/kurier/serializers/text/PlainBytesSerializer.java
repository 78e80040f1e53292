// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Passes bytes of any of the three kinds that Kafka has serializers for, if the declared type does not determine the
 * kind.
 *
 * <p>Of a buffer it writes the bytes between position and limit, and does not change the buffer. Kafka's own {@code
 * ByteBufferSerializer} rewinds it first (KAFKA-15602), which moves the position of a buffer that another thread may
 * share and sends the bytes before it.
 */
final class PlainBytesSerializer implements Serializer<Object> {

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof Bytes bytes) {
            return bytes.get();
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] remaining = new byte[buffer.remaining()];
            buffer.duplicate().get(remaining);
            return remaining;
        }
        throw new SerializationException("bytes are written from a byte[], ByteBuffer or Bytes, not from "
                + value.getClass().getName() + ": convert it, or choose another serializer");
    }
}
