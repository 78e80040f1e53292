// SPDX-License-Identifier: Apache-2.0
/**
 * The transport over Kafka's producers.
 *
 * <p>The producer runs with {@code max.block.ms=0}, so {@code send} fails at once instead of waiting for metadata or
 * buffer space (KAFKA-3539): such a failure comes through the callback on the caller's own thread before {@code send}
 * returns, and that is how an {@link io.kurier.core.internal.kafka.Attempt} tells it from a failure after the hand-over.
 *
 * <p>Records with ids leave a {@link io.kurier.core.internal.search.DeliveryTracker}, by which one whose outcome is unknown
 * can be looked for ({@code LogSearch}) and by which it can be told when its absence proves something.
 *
 * <p>A producer whose I/O thread has died ({@code IoThread}), or that keeps records and answers nothing for longer than
 * {@code delivery.timeout.ms} allows ({@code StallDetector}), is closed and replaced ({@code ProducerSupervisor}). {@code
 * InFlightAttempts} keeps what has no answer yet, so that no message stays open.
 *
 * <p>{@code ClientAssumptions} is all that core relies on beyond Kafka's documented interface.
 */
@NullMarked
package io.kurier.core.internal.kafka;

import org.jspecify.annotations.NullMarked;
