// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.TopicPartition;

/**
 * Stores the content of blobs for a {@link MediaReader} while it is not known yet whether they are complete. Used by
 * the reader's thread.
 *
 * @param <B> represents the content of a blob that was delivered
 */
public interface BlobStore<B> {

    /**
     * Begins to store a blob. Several may be begun at a time, so no scarce resource should be held open between calls.
     *
     * @param partition the partition of the blob's records
     * @param offset the offset of its first record: with the partition it identifies the blob, also after a restart
     * @throws IOException if it cannot be stored
     */
    Draft<B> begin(TopicPartition partition, long offset) throws IOException;

    /**
     * A blob that is not complete yet. After {@link #keep} or {@link #discard} no method is called.
     *
     * @param <B> represents the content of a blob that was delivered
     */
    interface Draft<B> {
        /** Adds bytes, which are not changed afterwards. */
        void append(byte[] bytes) throws IOException;

        /**
         * Makes the blob permanent: it is complete.
         *
         * @param sha256 the SHA-256 of all bytes, in 64 lower-case hexadecimal digits
         * @return represents the content
         */
        B keep(String sha256) throws IOException;

        /** Removes what was stored of the blob: it is given up. */
        void discard() throws IOException;
    }

    /**
     * Returns a store that keeps a blob as the file {@code FOLDER/TOPIC/PARTITION-OFFSET}, and until it is complete as
     * a file in the folder {@code PARTITION-OFFSET.part} beside it. The sender's name of the blob is not used: a sender
     * could make it lead anywhere. Reading again after a restart writes the same file again. No file is open between
     * two calls, and none is forced to the disk.
     *
     * <p>Readers of one consumer group may share a folder. If two read the same blob, because one has lost the
     * partition and has not noticed yet, the one that began last keeps it and the other gets an error.
     *
     * <p>The folder itself may be a symbolic link. Its content is opened without following links, and a link in place
     * of the topic's folder or of a draft's is an {@link IOException}: other users who may write into the folder cannot
     * make a reader write or delete elsewhere.
     *
     * @param folder created if it does not exist
     */
    static BlobStore<Path> inFolder(Path folder) {
        return new FolderStore(folder);
    }

    /**
     * Returns a store that keeps nothing, so that blobs of any size can be verified; the SHA-256 represents the
     * content.
     */
    static BlobStore<String> digestOnly() {
        return (partition, offset) -> new Draft<>() {
            @Override
            public void append(byte[] bytes) {
                // the reader computes the digest
            }

            @Override
            public String keep(String sha256) {
                return sha256;
            }

            @Override
            public void discard() {
                // nothing was kept
            }
        };
    }
}
