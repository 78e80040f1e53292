// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

/** Told how far a demo is, from several threads, at every record; a method that blocks holds the demo up. */
public interface DemoListener {
    /** A listener that does not care. */
    DemoListener NONE = new DemoListener() {};

    /** So many more bytes of files were published. */
    default void published(long bytes) {}

    /** Nothing more will be published. */
    default void publishedAll() {}

    /** So many more bytes were read back. */
    default void verified(long bytes) {}

    /** Nothing more will be read back. */
    default void verifiedAll() {}
}
