// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.time;

import java.time.Duration;

/**
 * How long a publisher may wait.
 *
 * @param room in {@code publish}, for room
 * @param close in a close that names no time of its own, for acknowledgments
 */
public record Timeouts(Duration room, Duration close) {}
