// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

/** Receives the progress of a demo, from several threads, at every record; a method that blocks delays the demo. */
public interface DemoListener {
    /** A listener that does nothing. */
    DemoListener NONE = new DemoListener() {};

    /** Called when this many more bytes of files were published. */
    default void published(long bytes) {}

    /** Called when nothing more will be published. */
    default void publishedAll() {}

    /** Called when this many more bytes were read back. */
    default void verified(long bytes) {}

    /** Called when nothing more will be read back. */
    default void verifiedAll() {}
}
