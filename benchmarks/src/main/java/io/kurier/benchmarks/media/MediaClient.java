// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import java.io.IOException;
import java.nio.file.Path;

/** A client that publishes and reads content. Used by one thread. */
interface MediaClient extends AutoCloseable {

    /**
     * Publishes a file, and returns when all of it is acknowledged.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalStateException if a record is not stored
     */
    void publish(Path file, String topic) throws IOException;

    /**
     * Publishes pictures in turn, and returns when all are acknowledged.
     *
     * @throws IllegalStateException if one is not stored
     */
    void publish(byte[][] pictures, int count, String topic);

    /**
     * Reads what {@link #publish(Path, String)} has published.
     *
     * @return the number of bytes of content
     * @throws IOException if it is not whole
     */
    long read(String topic) throws IOException;

    @Override
    void close();
}
