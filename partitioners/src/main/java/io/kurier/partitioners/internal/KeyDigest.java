// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners.internal;

import io.kurier.spi.Murmur2;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The name under which logs, metrics and commands show a key: they must not show the key itself. */
public final class KeyDigest {
    private KeyDigest() {}

    /** Returns 16 hexadecimal digits, the first 8 bytes of the SHA-256 of the key. */
    public static String of(byte[] key) {
        return text(digest(key));
    }

    /** Returns the first 8 bytes of the SHA-256 of the key, for a caller that keeps many. */
    public static long digest(byte[] key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }

    /** Returns a digest as it is shown. */
    public static String text(long digest) {
        return HexFormat.of().toHexDigits(digest);
    }

    /** Returns a fast hash of 64 bits that distinguishes keys; it is not shown. */
    public static long hash(byte[] key) {
        return ((long) Murmur2.hash(key) << Integer.SIZE) | Integer.toUnsignedLong(Arrays.hashCode(key));
    }
}
