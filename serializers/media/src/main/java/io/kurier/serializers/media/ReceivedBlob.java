// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.util.Optional;
import java.util.UUID;

/**
 * A blob that is whole: all its chunks were there, in order, and have the digest that the manifest names.
 *
 * @param id the act of publishing; nothing if the blob was a single record
 * @param name the name that the sender gave it: not to be used as a path unseen
 * @param contentType its media type; nothing if it was a single record without that header
 * @param size how many bytes it has
 * @param chunks how many records carried them, the manifest not counted
 * @param sha256 their SHA-256, in 64 lower-case hexadecimal digits
 * @param content what the {@link BlobStore} made of them
 * @param topic the topic that it was read from
 * @param partition the partition that all its records were in
 * @param offset the offset of its last record
 * @param <B> what stands for the content
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
    /** Names the place only: name and content may be confidential. */
    @Override
    public String toString() {
        return "ReceivedBlob[" + topic + "-" + partition + ", offset=" + offset + ", size=" + size + "]";
    }
}
