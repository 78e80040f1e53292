// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.serializers.registry.internal.StoredSchema;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The GUID of a registered schema: the registry's, or, from a registry that gives none, the one that Confluent's gives
 * the same text and references (its {@code Schema.updateHash}).
 */
final class RegistryGuid {
    private RegistryGuid() {}

    /**
     * Returns the GUID.
     *
     * @param sent the text in the registry's form, for an answer without a text
     * @return null if the schema has rules, which are part of a GUID, and the registry gives none
     */
    static @Nullable UUID of(StoredSchema stored, String sent) {
        if (stored.guid() != null || !stored.rules().isEmpty()) {
            return stored.guid();
        }
        MessageDigest md5 = md5();
        String text = stored.text();
        md5.update((text == null ? sent : text).getBytes(UTF_8));
        for (SchemaReference reference : stored.references()) {
            md5.update(reference.name().getBytes(UTF_8));
            md5.update(reference.subject().getBytes(UTF_8));
            md5.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(reference.version())
                    .array());
        }
        ByteBuffer digest = ByteBuffer.wrap(md5.digest());
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
