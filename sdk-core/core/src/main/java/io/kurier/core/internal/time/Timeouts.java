// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.time;

import java.time.Duration;

/**
 * The timeouts of a publisher.
 *
 * @param room how long {@code publish} may wait for room
 * @param close how long a close without a timeout of its own waits for acknowledgments
 * @param grace how long open messages may get no outcome before the publisher is not ready
 * @param standstill how long they may get none before it is not live
 */
public record Timeouts(Duration room, Duration close, Duration grace, Duration standstill) {}
