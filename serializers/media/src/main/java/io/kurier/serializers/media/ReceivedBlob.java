// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.util.Optional;
import java.util.UUID;

/**
 * A complete blob: all its chunks were read, in order, and have the digest that the manifest names.
 *
 * @param id the act of publishing; empty if the blob was a single record
 * @param name the name that the sender gave it; must not be used as a path without checks
 * @param contentType its media type; empty if it was a single record without that header
 * @param size the number of its bytes
 * @param chunks the number of records with its content, the manifest not counted
 * @param sha256 its SHA-256, in 64 lower-case hexadecimal digits
 * @param content the result of the {@link BlobStore}
 * @param topic the topic that it was read from
 * @param partition the partition that all its records were in
 * @param offset the offset of its last record
 * @param <B> represents the content
 */
public record ReceivedBlob<B>(
        Optional<UUID> id,
        Optional<String> name,
        Optional<String> contentType,
        long size,
        long chunks,
        String sha256,
        B content,
        String topic,
        int partition,
        long offset) {
    /** Shows the place only: name and content may be confidential. */
    @Override
    public String toString() {
        return "ReceivedBlob[" + topic + "-" + partition + ", offset=" + offset + ", size=" + size + "]";
    }
}
