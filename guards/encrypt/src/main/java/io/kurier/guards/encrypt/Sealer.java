// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.internal.RecordBinding;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Makes the envelopes of one topic. Safe for use by any number of threads.
 */
final class Sealer {
    private static final byte[] NO_BYTES = {};

    private final DataKeys keys;
    private final byte[] topic;
    private volatile @Nullable Head last;

    /** The head of the envelopes of a data key, without a frame. */
    private record Head(DataKey key, Set<String> listed, byte[] bytes) {}

    Sealer(DataKeys keys, byte[] topic) {
        this.keys = keys;
        this.topic = topic;
    }

    /** What of a record is encrypted: its whole value, or what a place names. */
    record Target(byte @Nullable [] key, Headers headers, Set<String> listed, byte[] place, byte[] frame) {
        static Target whole(byte @Nullable [] key, Headers headers, Set<String> listed) {
            return new Target(key, headers, listed, NO_BYTES, NO_BYTES);
        }
    }

    /**
     * Returns the envelope of bytes.
     *
     * @throws io.kurier.spi.NotReadyException if there is no data key yet
     */
    byte[] seal(byte[] plain, Target target) {
        RecordBinding binding = RecordBinding.of(
                topic, target.key(), target.place(), target.frame(), target.headers(), target.listed());
        while (true) {
            DataKey key = keys.get();
            byte[] head = head(key, target);
            int from = head.length + RecordBinding.FINGERPRINT_BYTES + Envelope.NONCE_BYTES;
            byte[] envelope = new byte[from + plain.length + Envelope.TAG_BYTES];
            ByteBuffer out = ByteBuffer.wrap(envelope).put(head).put(binding.fingerprints());
            if (key.nonce(out)) {
                AesGcm.seal(key.secret().key(), plain, envelope, from, binding.bytes());
                return envelope;
            } // at its end just now
        }
    }

    private byte[] head(DataKey key, Target target) {
        if (target.frame().length > 0) {
            return Envelope.head(key.wrapped(), target.frame().length, target.listed());
        }
        Head known = last;
        if (known == null || known.key() != key || !known.listed().equals(target.listed())) {
            known = new Head(key, target.listed(), Envelope.head(key.wrapped(), 0, target.listed()));
            last = known;
        }
        return known.bytes();
    }
}
