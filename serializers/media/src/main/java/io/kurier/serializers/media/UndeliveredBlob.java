// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.util.UUID;

/**
 * A larger blob that a {@link MediaReader} gave up. Later records of it are skipped silently.
 *
 * @param id the act of publishing
 * @param topic the topic that it was read from
 * @param partition the partition
 * @param offset the offset of the record at which it was given up
 * @param reason the reason
 */
public record UndeliveredBlob(UUID id, String topic, int partition, long offset, Reason reason) {

    /** The reason why a blob is not delivered. */
    public enum Reason {
        /**
         * Its first chunks were not read: the reader began after them, or retention has removed them. If the reader
         * began after the whole blob, the blob may have been delivered before: an interrupted publisher repeats the last
         * records of a blob if it did not know that they were stored.
         */
        NO_START("its first chunks are missing"),
        /** The manifest came, but a chunk before others did not, or came after them. */
        GAP("a chunk is missing between others, or they are out of order"),
        /** The manifest has another number of chunks. */
        CHUNKS_DIFFER("the manifest names another number of chunks"),
        /** The manifest has another number of bytes. */
        SIZE_DIFFERS("the manifest names another size"),
        /** The bytes are not those that were sent. */
        DIGEST_DIFFERS("the bytes do not have the digest that the manifest names"),
        /** Its publisher seems to have died half way. */
        ABANDONED("too many records have followed its last chunk"),
        /** More blobs are unfinished than the reader may keep, and this one has waited longest. */
        TOO_MANY_UNFINISHED("too many blobs are unfinished, and this one has waited longest");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** Returns the reason as text, without anything of the blob. */
        public String words() {
            return words;
        }
    }
}
