// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The first bytes of an open file, by which the file is recognized when it is opened again. Used by one thread. */
final class FileHead {

    /**
     * 64 bits: a collision happens by accident, not by intent, since a process that may write to the file needs no
     * collision.
     */
    private static final int DIGEST_BYTES = 8;

    private final @Nullable String key;
    private final byte[] bytes;
    private final @Nullable Compression compression;
    private MessageDigest digest = sha256();
    private int digested;
    private @Nullable FileIdentity last;

    private FileHead(@Nullable String key, byte[] bytes, @Nullable Compression compression) {
        this.key = key;
        this.bytes = bytes;
        this.compression = compression;
    }

    /**
     * Reads the head of a file and leaves the input at an undefined position.
     *
     * @param input the bytes of the file, not what may be compressed in it
     * @param decompresses whether to detect that it is compressed
     */
    static FileHead of(FileInput input, boolean decompresses) throws IOException {
        input.seek(0);
        byte[] bytes = input.readNBytes(FileIdentity.MOST_BYTES);
        return new FileHead(input.opened().key(), bytes, decompresses ? Compression.of(bytes) : null);
    }

    /** Returns how the file is compressed; null if it is not, or that does not matter. */
    @Nullable
    Compression compression() {
        return compression;
    }

    /** Returns the identity to store with a position in this file. */
    FileIdentity identityAt(long position) {
        int length = compression == null || position == 0 ? (int) Math.min(position, bytes.length) : bytes.length;
        FileIdentity identity = last;
        if (identity == null || identity.headBytes() != length) {
            identity = new FileIdentity(key, length, digest(length), compression == null ? null : compression.word());
            last = identity;
        }
        return identity;
    }

    /** Returns whether the file begins as the file of the identity did. */
    boolean beginsLike(FileIdentity identity) {
        return Objects.equals(identity.compression(), compression == null ? null : compression.word())
                && identity.headBytes() <= bytes.length
                && (identity.headBytes() == 0 || digest(identity.headBytes()).equals(identity.headDigest()));
    }

    /** Positions mostly grow, so the digest of the next one continues from the last. */
    private String digest(int length) {
        if (length < digested) {
            digest = sha256();
            digested = 0;
        }
        digest.update(bytes, digested, length - digested);
        digested = length;
        byte[] hash;
        try {
            hash = ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            hash = digest.digest(); // of a provider whose digests cannot be cloned, so the next one begins anew
            digested = 0;
        }
        return HexFormat.of().formatHex(Arrays.copyOf(hash, DIGEST_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
