// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The GUID that Confluent's registry gives a schema: MD5 of its text, as the sixteen bytes of a UUID without version
 * bits. A schema with references, metadata or rules has these in its GUID too, and they are known to a registry only.
 */
public final class ContentGuid {
    private ContentGuid() {}

    /** Returns the GUID of a text as it is registered, without references, metadata and rules. */
    public static UUID of(String registeredText) {
        ByteBuffer digest = ByteBuffer.wrap(md5().digest(registeredText.getBytes(UTF_8)));
        return new UUID(digest.getLong(), digest.getLong());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5"); // an identifier, not a protection
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which each Java is required to have", e);
        }
    }
}
