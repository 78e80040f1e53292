// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.guards.encrypt.keys.WrappedKey;
import io.kurier.guards.internal.RecordBinding;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that take the place of what is encrypted, version 1; {@code docs/wire/envelope.md} specifies them. The head
 * says how the rest is opened, and all bytes before the ciphertext are authenticated with it.
 *
 * @param bytes the whole envelope
 * @param wrapped the wrapped data key
 * @param frame the number of bytes before the payload that are bound
 * @param listed the names of the headers that are bound in addition to those that always are
 * @param headLength the length of the head, which the fingerprints follow
 */
record Envelope(byte[] bytes, WrappedKey wrapped, int frame, Set<String> listed, int headLength) {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final byte[] MAGIC = {'K', 'E', 'N', 'V'};
    private static final byte VERSION = 1;
    private static final byte AES_256_GCM = 1;
    private static final int MAX_SHORT = 0xFFFF;

    /** Returns the head of envelopes: equal for all that have the same data key. */
    static byte[] head(WrappedKey wrapped, int frame, Set<String> listed) {
        byte[] id = wrapped.keyId().getBytes(UTF_8);
        int size = MAGIC.length + 2 + Short.BYTES + id.length + Short.BYTES + wrapped.bytes().length + 2 * Short.BYTES;
        for (String name : listed) {
            size += Short.BYTES + name.getBytes(UTF_8).length;
        }
        ByteBuffer head = ByteBuffer.allocate(size).put(MAGIC).put(VERSION).put(AES_256_GCM);
        putShort(head, id.length).put(id);
        putShort(head, wrapped.bytes().length).put(wrapped.bytes());
        putShort(head, frame);
        putShort(head, listed.size());
        for (String name : listed) {
            byte[] text = name.getBytes(UTF_8);
            putShort(head, text.length).put(text);
        }
        return head.array();
    }

    private static ByteBuffer putShort(ByteBuffer to, int value) {
        if (value > MAX_SHORT) {
            throw new IllegalArgumentException("at most " + MAX_SHORT + " fit into an envelope, not " + value);
        }
        return to.putShort((short) value);
    }

    /** Returns whether bytes begin like an envelope of any version. */
    static boolean isLike(byte[] bytes) {
        return bytes.length > MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads an envelope, without opening it.
     *
     * @throws DecryptionException if it is none
     */
    static Envelope of(byte[] bytes) {
        if (!isLike(bytes)) {
            throw noEnvelope("it does not begin with the bytes of an envelope, so it was not encrypted by this guard"
                    + " or was changed");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).position(MAGIC.length);
        try {
            byte version = in.get();
            byte algorithm = in.get();
            if (version != VERSION || algorithm != AES_256_GCM) {
                throw noEnvelope("it has version " + version + " and algorithm " + algorithm
                        + ", and this library opens version " + VERSION + " with algorithm " + AES_256_GCM
                        + ". Update the library, unless the record was changed");
            }
            String id = text(in);
            byte[] wrapped = block(in);
            int frame = Short.toUnsignedInt(in.getShort());
            int names = Short.toUnsignedInt(in.getShort());
            Set<String> listed = new LinkedHashSet<>();
            for (int i = 0; i < names; i++) {
                listed.add(text(in));
            }
            if (in.remaining() >= RecordBinding.FINGERPRINT_BYTES + NONCE_BYTES + TAG_BYTES) {
                return new Envelope(bytes, new WrappedKey(id, wrapped), frame, listed, in.position());
            }
        } catch (BufferUnderflowException e) {
            throw noEnvelope("it was cut: it ends within its head");
        }
        throw noEnvelope("it was cut: it ends before its tag");
    }

    private static String text(ByteBuffer in) {
        return new String(block(in), UTF_8);
    }

    private static byte[] block(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] block = new byte[length];
        in.get(block);
        return block;
    }

    private static DecryptionException noEnvelope(String reason) {
        return new DecryptionException(DecryptionException.Part.ENVELOPE, reason);
    }

    byte[] fingerprints() {
        return Arrays.copyOfRange(bytes, headLength, headLength + RecordBinding.FINGERPRINT_BYTES);
    }

    int nonceAt() {
        return headLength + RecordBinding.FINGERPRINT_BYTES;
    }

    /**
     * Returns what was encrypted.
     *
     * @return null if the tag does not fit
     */
    byte @Nullable [] open(DataKey.Secret key, RecordBinding binding) {
        return AesGcm.open(key.key(), bytes, nonceAt(), binding.bytes());
    }

    /** Shows the id of the key only. */
    @Override
    public String toString() {
        return "Envelope[" + wrapped.keyId() + ", " + bytes.length + " bytes]";
    }
}
