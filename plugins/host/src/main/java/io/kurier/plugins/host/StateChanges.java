// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.function.BooleanSupplier;

/** Wakes those who wait for a state of a connector or task. */
final class StateChanges {
    private long count; // guarded by this

    /** Announces that a state has changed. */
    synchronized void changed() {
        count++;
        notifyAll();
    }

    /**
     * Waits for a condition.
     *
     * @param condition is asked after each change, in the thread that waits and without a lock
     */
    void await(BooleanSupplier condition) throws InterruptedException {
        while (true) {
            long before;
            synchronized (this) {
                before = count;
            }
            if (condition.getAsBoolean()) {
                return;
            }
            synchronized (this) {
                while (count == before) {
                    wait();
                }
            }
        }
    }
}
