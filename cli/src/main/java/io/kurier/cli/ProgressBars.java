// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.demo.DemoListener;

/** Shows the two halves of a demo one after the other. */
final class ProgressBars implements DemoListener, AutoCloseable {
    private final Progress publishing;
    private final Progress verifying;

    /** Creates bars for this many bytes; nothing is shown before the first progress. */
    ProgressBars(long bytes) {
        publishing = new Progress("publishing", bytes);
        verifying = new Progress("verifying ", bytes);
    }

    @Override
    public void published(long bytes) {
        publishing.add(bytes);
    }

    @Override
    public void publishedAll() {
        publishing.complete();
    }

    @Override
    public void verified(long bytes) {
        verifying.add(bytes);
    }

    @Override
    public void verifiedAll() {
        verifying.complete();
    }

    @Override
    public void close() {
        publishing.close();
        verifying.close();
    }
}
