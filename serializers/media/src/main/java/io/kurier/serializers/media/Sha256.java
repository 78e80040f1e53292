// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of blobs, SHA-256, which every Java platform has. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which its specification requires", e);
        }
    }

    /** Returns the digest in lower-case hexadecimal digits, and starts the next one. */
    static String end(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
