// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.guards.internal.RecordBinding;
import io.kurier.guards.sign.VerificationException.Part;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The value of the header with a signature, version 1; {@code docs/wire/signature.md} specifies it. All of it but the
 * signature is its head, which is signed too.
 *
 * @param head the bytes before the signature
 * @param keyId the id of the key that has signed, in its keyset
 * @param hasValue whether the record was signed with a value; false for a tombstone
 * @param listed the names of the headers that are signed in addition to those that always are
 * @param signature 64 bytes, or none yet
 */
record SignatureHeader(byte[] head, int keyId, boolean hasValue, Set<String> listed, byte[] signature) {
    /** The name of the header. */
    static final String NAME = "kurier.signature";

    static final int SIGNATURE_BYTES = 64;

    private static final byte[] DOMAIN = NAME.getBytes(US_ASCII);
    private static final byte VERSION = 1;
    private static final byte ED25519 = 1;
    private static final int NO_VALUE = -1;
    private static final int MAX_SHORT = 0xFFFF;
    private static final byte[] NONE = {};

    /** Returns what surrounds the value of a record, in canonical bytes. */
    static RecordBinding binding(byte[] topic, byte @Nullable [] key, Headers headers, Set<String> listed) {
        return RecordBinding.of(topic, key, NONE, NONE, headers, listed);
    }

    /** Returns a header whose signature is still to be made. */
    static SignatureHeader unsigned(int keyId, boolean hasValue, Set<String> listed, byte[] fingerprints) {
        int size = 3 + Integer.BYTES + Short.BYTES + fingerprints.length;
        for (String name : listed) {
            size += Short.BYTES + name.getBytes(UTF_8).length;
        }
        ByteBuffer head = ByteBuffer.allocate(size)
                .put(VERSION)
                .put(ED25519)
                .putInt(keyId)
                .put((byte) (hasValue ? 1 : 0));
        putShort(head, listed.size());
        for (String name : listed) {
            byte[] text = name.getBytes(UTF_8);
            putShort(head, text.length).put(text);
        }
        return new SignatureHeader(head.put(fingerprints).array(), keyId, hasValue, listed, NONE);
    }

    private static ByteBuffer putShort(ByteBuffer to, int value) {
        if (value > MAX_SHORT) {
            throw new IllegalArgumentException("at most " + MAX_SHORT + " fit into a signature's header, not " + value);
        }
        return to.putShort((short) value);
    }

    /** Returns the value of the header with this signature. */
    byte[] with(byte[] made) {
        byte[] all = Arrays.copyOf(head, head.length + made.length);
        System.arraycopy(made, 0, all, head.length, made.length);
        return all;
    }

    /** Returns the bytes that are signed. */
    byte[] message(RecordBinding binding, byte @Nullable [] value) {
        int size = DOMAIN.length
                + head.length
                + binding.bytes().length
                + Integer.BYTES
                + (value == null ? 0 : value.length);
        ByteBuffer message = ByteBuffer.allocate(size).put(DOMAIN).put(head).put(binding.bytes());
        if (value == null) {
            message.putInt(NO_VALUE);
        } else {
            message.putInt(value.length).put(value);
        }
        return message.array();
    }

    /**
     * Reads the value of a header.
     *
     * @throws VerificationException if it is none of this version
     */
    static SignatureHeader of(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw malformed("is empty");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            byte algorithm = in.get();
            if (version != VERSION || algorithm != ED25519) {
                throw malformed("has version " + version + " and algorithm " + algorithm + ", and this library verifies"
                        + " version " + VERSION + " with algorithm " + ED25519 + ". Update the library, unless the"
                        + " header was changed");
            }
            int keyId = in.getInt();
            byte hasValue = in.get();
            int names = Short.toUnsignedInt(in.getShort());
            Set<String> listed = new LinkedHashSet<>();
            for (int i = 0; i < names; i++) {
                listed.add(text(in));
            }
            int head = in.position() + RecordBinding.FINGERPRINT_BYTES;
            if ((hasValue == 0 || hasValue == 1) && bytes.length == head + SIGNATURE_BYTES) {
                return new SignatureHeader(
                        Arrays.copyOf(bytes, head),
                        keyId,
                        hasValue == 1,
                        listed,
                        Arrays.copyOfRange(bytes, head, bytes.length));
            }
        } catch (BufferUnderflowException e) {
            throw malformed("was cut or changed: it ends within its head");
        }
        throw malformed("was cut or changed: it does not end with a signature");
    }

    private static String text(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, UTF_8);
    }

    private static VerificationException malformed(String reason) {
        return new VerificationException(Part.SIGNATURE, "the header " + NAME + " " + reason);
    }

    byte[] fingerprints() {
        return Arrays.copyOfRange(head, head.length - RecordBinding.FINGERPRINT_BYTES, head.length);
    }

    /** Shows the id of the key only. */
    @Override
    public String toString() {
        return "SignatureHeader[" + Integer.toUnsignedString(keyId) + "]";
    }
}
