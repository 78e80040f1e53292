// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a value: the ledger does not have to keep the values to recognize them. */
final class Digest {
    private Digest() {}

    /** Returns the digest in hexadecimal digits. */
    static String of(String value) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
