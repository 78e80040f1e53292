// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.util.Optional;
import java.util.UUID;

/** One record as a part of a blob: the whole blob, a chunk, or the manifest after the last chunk. */
public sealed interface MediaPart {

    /**
     * A blob that fits into one record.
     *
     * @param blob the bytes; its content type is absent if the record has no such header
     */
    record Whole(Blob blob) implements MediaPart {}

    /** A piece of a larger blob. Only the manifest shows whether all pieces are present. */
    final class Chunk implements MediaPart {
        private final UUID id;
        private final long index;
        private final byte[] bytes;

        /**
         * Creates a piece.
         *
         * @param id the id of the act of publishing
         * @param index the index of the piece, from 0
         * @param bytes its content, not copied
         */
        public Chunk(UUID id, long index, byte[] bytes) {
            this.id = id;
            this.index = index;
            this.bytes = bytes;
        }

        /** Returns the id of the act of publishing. */
        public UUID id() {
            return id;
        }

        /** Returns the index of the piece, from 0. */
        public long index() {
            return index;
        }

        /** Returns its content, not copied. */
        public byte[] bytes() {
            return bytes;
        }

        /** Shows the id and the index only. */
        @Override
        public String toString() {
            return "Chunk[id=" + id + ", index=" + index + ", " + bytes.length + " bytes]";
        }
    }

    /**
     * The end of a larger blob, by which a reader checks the chunks.
     *
     * @param id the id of the act of publishing
     * @param size the number of bytes of all chunks together
     * @param chunks the number of chunks
     * @param sha256 the SHA-256 of all their bytes in order, in 64 lower-case hexadecimal digits
     * @param contentType the media type of the blob
     * @param name its name, if it has one
     */
    record Manifest(UUID id, long size, long chunks, String sha256, String contentType, Optional<String> name)
            implements MediaPart {
        /** Omits the name, which may be confidential. */
        @Override
        public String toString() {
            return "Manifest[id=" + id + ", size=" + size + ", chunks=" + chunks + "]";
        }
    }
}
