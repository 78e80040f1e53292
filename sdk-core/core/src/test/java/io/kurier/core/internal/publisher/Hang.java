// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import java.util.concurrent.CountDownLatch;

/** A place where code hangs, whoever interrupts it, until the test is over. */
final class Hang {
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    /** The frame that a stack trace shows. */
    void here() {
        hanging.countDown();
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException e) {
                continue; // as code that does not know better
            }
        }
    }

    /** Whether somebody has come here. */
    boolean hasBegun() {
        return hanging.getCount() == 0;
    }

    void release() {
        over.countDown();
    }
}
