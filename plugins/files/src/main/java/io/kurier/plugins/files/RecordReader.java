// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;

/** Reads the records of one file, one after the other. Used by one thread; the task closes the file. */
@FunctionalInterface
public interface RecordReader {

    /**
     * Returns the next record or the reason why there is none. Not called again after {@link ReadResult.Broken} or
     * {@link ReadResult.End}.
     *
     * <p>Memory must not grow with the file: a record that is longer than
     * {@link FileSourceConfig#maxRecordBytes()} is skipped and rejected.
     *
     * @throws IOException if the file cannot be read; invalid content is no exception but a {@link ReadResult}
     */
    ReadResult next() throws IOException;

    /** Returns the number of the line in which the last record begins; 0 if it is the line of its position. */
    default long recordLine() {
        return 0;
    }

    /** Returns the position in bytes at which the last record begins; -1 if that is where the one before it ended. */
    default long recordStart() {
        return -1;
    }

    /**
     * Returns the size in bytes of the records read so far, if the file holds them in another form, such as compressed;
     * it too limits the size of a batch. 0 if they are the bytes of the file.
     */
    default long unpackedBytes() {
        return 0;
    }
}
