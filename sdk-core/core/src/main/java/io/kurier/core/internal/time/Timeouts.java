// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.time;

import java.time.Duration;

/**
 * The limits of a publisher's waits.
 *
 * @param room how long {@code publish} may wait for room
 * @param close how long a close without a timeout of its own waits for acknowledgments
 */
public record Timeouts(Duration room, Duration close) {}
