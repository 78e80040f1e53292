// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.util.Optional;
import java.util.UUID;

/** What one record is of a blob: all of it, a chunk, or the manifest behind the last chunk. */
public sealed interface MediaPart {

    /**
     * A blob that fits into one record.
     *
     * @param blob the bytes; its content type is absent if the record has no such header
     */
    record Whole(Blob blob) implements MediaPart {}

    /** A piece of a larger blob, which says nothing by itself: only the manifest tells whether all pieces are there. */
    final class Chunk implements MediaPart {
        private final UUID id;
        private final long index;
        private final byte[] bytes;

        /**
         * A piece.
         *
         * @param id the act of publishing that it belongs to
         * @param index which piece, from 0
         * @param bytes its content, not copied
         */
        public Chunk(UUID id, long index, byte[] bytes) {
            this.id = id;
            this.index = index;
            this.bytes = bytes;
        }

        /** The act of publishing that it belongs to. */
        public UUID id() {
            return id;
        }

        /** Which piece, from 0. */
        public long index() {
            return index;
        }

        /** Its content, not copied. */
        public byte[] bytes() {
            return bytes;
        }

        /** Names the place only. */
        @Override
        public String toString() {
            return "Chunk[id=" + id + ", index=" + index + ", " + bytes.length + " bytes]";
        }
    }

    /**
     * The end of a larger blob, by which a reader checks the chunks.
     *
     * @param id the act of publishing that it belongs to
     * @param size how many bytes all chunks have together
     * @param chunks how many there are
     * @param sha256 the SHA-256 of all their bytes in order, in 64 lower-case hexadecimal digits
     * @param contentType the media type of the blob
     * @param name its name, if it has one
     */
    record Manifest(UUID id, long size, long chunks, String sha256, String contentType, Optional<String> name)
            implements MediaPart {
        /** Without the name, which may be confidential. */
        @Override
        public String toString() {
            return "Manifest[id=" + id + ", size=" + size + ", chunks=" + chunks + "]";
        }
    }
}
