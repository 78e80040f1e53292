// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.fields;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the fields of one record, or opens them. In text, an envelope is Base64 (RFC 4648, section 4) without
 * padding, and of all texts that decode to it only the one that this class writes is one. Used by one thread.
 */
public final class FieldChange {
    private static final Base64.Encoder TEXT = Base64.getEncoder().withoutPadding();

    private final Cipher cipher;
    private final boolean opens;

    /** Encrypts or opens one field. */
    @FunctionalInterface
    public interface Cipher {
        /**
         * Returns what takes the place of a field.
         *
         * @param bytes the field in plain text; when it is opened, the envelope, or null if the field has none
         * @return the envelope; when it is opened, the plain text, or null if the field stays as it is
         */
        byte @Nullable [] apply(Place place, byte @Nullable [] bytes);
    }

    private FieldChange(Cipher cipher, boolean opens) {
        this.cipher = cipher;
        this.opens = opens;
    }

    /** Returns the change that encrypts. */
    public static FieldChange sealing(Cipher cipher) {
        return new FieldChange(cipher, false);
    }

    /** Returns the change that opens. */
    public static FieldChange opening(Cipher cipher) {
        return new FieldChange(cipher, true);
    }

    /** Returns whether it opens. */
    public boolean opens() {
        return opens;
    }

    /** Returns what takes the place of a field of bytes. */
    public byte[] ofBytes(Place place, byte[] field) {
        byte[] changed = cipher.apply(place, field);
        return changed == null ? field : changed;
    }

    /** Returns what takes the place of a field of text. */
    public String ofText(Place place, String field) {
        if (!opens) {
            return sealed(place, field.getBytes(UTF_8));
        }
        byte[] plain = opened(place, field);
        return plain == null ? field : new String(plain, UTF_8);
    }

    /** Returns the text that takes the place of a field of any kind. */
    public String sealed(Place place, byte[] plain) {
        byte[] envelope = cipher.apply(place, plain);
        return TEXT.encodeToString(envelope == null ? plain : envelope);
    }

    /**
     * Returns what was encrypted and is text now.
     *
     * @param text null if the field has no text
     * @return null if the field stays as it is
     */
    public byte @Nullable [] opened(Place place, @Nullable String text) {
        return cipher.apply(place, text == null ? null : decoded(text));
    }

    /** The decoder accepts padding, and bits after the last byte, which an envelope does not have. */
    private static byte @Nullable [] decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return TEXT.encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
