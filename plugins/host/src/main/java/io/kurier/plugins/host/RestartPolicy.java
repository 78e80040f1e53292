// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * When a connector or a task that failed is started again.
 *
 * @param firstMillis the pause before the first restart
 * @param mostMillis the longest pause; each is twice as long as the one before
 * @param mostAttempts the number of restarts in a row without progress; -1 for any number
 */
record RestartPolicy(long firstMillis, long mostMillis, int mostAttempts) {
    /** Returns whether there may be another restart after a number of them in a row. */
    boolean allows(int attempts) {
        return mostAttempts < 0 || attempts < mostAttempts;
    }

    /**
     * Returns the pause before a restart in milliseconds, up to a fifth shorter than the doubled one, so that tasks that
     * failed together do not restart together.
     *
     * @param attempts the number of restarts in a row before it
     */
    long pauseMillis(int attempts) {
        return pauseMillis(attempts, ThreadLocalRandom.current()::nextDouble);
    }

    long pauseMillis(int attempts, DoubleSupplier random) {
        double doubled = firstMillis * Math.pow(2, Math.min(attempts, 40));
        return (long) (Math.min(mostMillis, doubled) * (1 - random.getAsDouble() / 5));
    }
}
