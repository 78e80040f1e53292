// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

/** Receives the progress of a measurement. */
@FunctionalInterface
public interface TuneListener {

    /**
     * Called when all variants take their turns once more.
     *
     * @param round the number of the round, 0 for the warm-up
     */
    void round(int round);
}
