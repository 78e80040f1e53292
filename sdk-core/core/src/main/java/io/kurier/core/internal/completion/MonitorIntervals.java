// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.time.Duration;

/**
 * The intervals of a publisher's monitor.
 *
 * @param heldFor how long a completion may run, while others wait for it, before a warning is logged
 * @param betweenFailures the minimum time between two warnings of a topic's failures with one outcome
 */
public record MonitorIntervals(Duration heldFor, Duration betweenFailures) {
    public static final MonitorIntervals DEFAULT = new MonitorIntervals(Duration.ofSeconds(10), Duration.ofSeconds(30));
}
