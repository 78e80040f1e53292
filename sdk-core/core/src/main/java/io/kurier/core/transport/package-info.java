// SPDX-License-Identifier: Apache-2.0
/**
 * The way into Kafka: an idempotent producer of bytes, which never blocks and never throws at the caller.
 *
 * <p>{@link io.kurier.core.transport.Transport} makes one attempt at a time and says at once if Kafka cannot take the
 * record ({@link io.kurier.core.transport.SendRejection}); how long to go on trying is the facade's business. What Kafka
 * answers later arrives at an {@link io.kurier.core.transport.Acknowledgment}, on Kafka's I/O thread.
 *
 * <p>The producer runs with {@code max.block.ms=0}, so {@code send} fails at once instead of waiting for metadata or
 * buffer space (KAFKA-3539): such a failure comes through the callback on the caller's own thread before {@code send}
 * returns, and that is how it is told from a failure after the hand-over.
 *
 * <p>Transactions have producers of their own ({@link io.kurier.core.transport.TransactionalSender}), which block as
 * Kafka's do, and {@link io.kurier.core.transport.TransactionFailure} says what helps when one of them throws.
 *
 * <p>Records with ids leave a {@link io.kurier.core.transport.DeliveryTracker}, by which one whose outcome is unknown can be looked
 * for ({@code LogSearch}) and by which it can be told when its absence proves something.
 *
 * <p>A producer whose I/O thread has died ({@code IoThread}), or that keeps records and answers nothing for longer than {@code
 * delivery.timeout.ms} allows ({@code StallDetector}), is closed and replaced ({@code ProducerSupervisor}). {@code InFlightAttempts} keeps what
 * has no answer yet, so that no message stays open.
 *
 * <p>{@code ClientAssumptions} is all that core relies on beyond Kafka's documented interface.
 */
@NullMarked
package io.kurier.core.transport;

import org.jspecify.annotations.NullMarked;
