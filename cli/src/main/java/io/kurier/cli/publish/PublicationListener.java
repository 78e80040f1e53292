// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.publish;

/** Receives the events of a publication, from several threads. */
public interface PublicationListener {
    /** Called with bytes of the input that were read. */
    void read(long bytes);

    /**
     * Called for a line or a file that is not stored.
     *
     * @param place the file and the line
     * @param reason why, a sentence
     */
    void failed(String place, String reason);
}
