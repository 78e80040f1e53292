// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/** A named rule that records must pass before they leave. */
public interface GuardPlugin extends Plugin {

    /** Makes the guard of one topic; called once a route, at start-up. An exception stops the start. */
    Guard guard(GuardSettings settings);
}
