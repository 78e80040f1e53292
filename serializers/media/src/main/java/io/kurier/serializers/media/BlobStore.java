// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a {@link MediaReader} puts the content of blobs while it does not know yet whether they are whole. Used by the
 * reader's thread.
 *
 * @param <B> what stands for the content of a blob that was delivered
 */
public interface BlobStore<B> {

    /**
     * Begins to keep a blob. Several may be begun at a time, so nothing scarce should be held open between calls.
     *
     * @param partition where the blob's records lie
     * @param offset the offset of its first record: with the partition it names the blob, also after a restart
     * @throws IOException if it cannot be kept
     */
    Draft<B> begin(TopicPartition partition, long offset) throws IOException;

    /**
     * A blob that is not whole yet. After {@link #keep} or {@link #discard} nothing else is called.
     *
     * @param <B> what stands for the content of a blob that was delivered
     */
    interface Draft<B> {
        /** Adds bytes, which are not changed afterwards. */
        void append(byte[] bytes) throws IOException;

        /**
         * The blob is whole: makes it last.
         *
         * @param sha256 the SHA-256 of all bytes, in 64 lower-case hexadecimal digits
         * @return what stands for the content
         */
        B keep(String sha256) throws IOException;

        /** The blob is given up: removes what was kept of it. */
        void discard() throws IOException;
    }

    /**
     * Keeps a blob as the file {@code FOLDER/TOPIC/PARTITION-OFFSET}, and until it is whole as a file in the folder
     * {@code PARTITION-OFFSET.part} beside it. The name that the sender gave it is not used: a sender could make it lead
     * anywhere. Reading again after a restart writes the same file again. No file is open between two calls, and none is
     * forced to the disk.
     *
     * <p>Readers of one consumer group may share a folder. Where two are at the same blob, because one has lost the
     * partition and does not know it yet, the one that began last keeps it and the other gets an error.
     *
     * <p>The folder itself may be a symbolic link. What is in it is opened without following links, and where one stands in
     * place of the topic's folder or of a draft's, that is an {@link IOException}: nobody who may write into the folder can
     * make a reader write or delete elsewhere.
     *
     * @param folder made if it is not there
     */
    static BlobStore<Path> inFolder(Path folder) {
        return new FolderStore(folder);
    }

    /** Keeps nothing, so that blobs of any size can be verified; what stands for the content is its SHA-256. */
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
