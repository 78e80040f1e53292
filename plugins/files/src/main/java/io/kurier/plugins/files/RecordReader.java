// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;

/** Reads the records of one file, one after the other. Used by one thread; the task closes the file. */
@FunctionalInterface
public interface RecordReader {

    /**
     * Reads on. Not called again after {@link ReadResult.Broken} or {@link ReadResult.End}.
     *
     * <p>Memory must not grow with the file: a record that is longer than
     * {@link FileSourceConfig#maxRecordBytes()} is skipped and rejected.
     *
     * @throws IOException if the file cannot be read; content that is wrong is no exception but a {@link ReadResult}
     */
    ReadResult next() throws IOException;

    /**
     * How many bytes the records had that were read so far, if the file has them in another form, such as compressed: a
     * batch ends by these too. 0 if they are the bytes of the file.
     */
    default long unpackedBytes() {
        return 0;
    }
}
