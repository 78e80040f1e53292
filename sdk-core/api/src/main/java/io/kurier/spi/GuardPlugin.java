// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/** A named rule that records must pass before they are sent. */
public interface GuardPlugin extends Plugin {

    /**
     * Creates the guard of one topic. Called once for each topic, when the publisher starts. An exception stops the
     * start.
     */
    Guard guard(GuardSettings settings);
}
