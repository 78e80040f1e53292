// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.top;

/** Where the numbers come from. Used by one thread. */
public interface TopSource extends AutoCloseable {
    /**
     * Reads the numbers as they are now.
     *
     * @throws TopException if the source is lost
     */
    TopSample read() throws InterruptedException;

    /** Ends the connection; throws nothing. */
    @Override
    void close();
}
