// SPDX-License-Identifier: Apache-2.0
/**
 * The transport over Kafka's producers.
 *
 * <p>The producer runs with {@code max.block.ms=0}, so {@code send} fails at once instead of waiting for metadata or
 * buffer space (KAFKA-3539). Such a failure comes through the callback on the caller's own thread before {@code send}
 * returns; an {@link io.kurier.core.internal.attempts.Attempt} distinguishes it by that from a failure of a record that
 * was taken.
 *
 * <p>Records with ids are recorded by a {@link io.kurier.core.internal.search.DeliveryTracker}. By its data a record
 * whose outcome is unknown can be searched for ({@code LogSearch}), and it can be decided when the absence of a record
 * proves something.
 *
 * <p>A producer whose I/O thread has died ({@code IoThread}), or that keeps records and calls no callback for longer
 * than {@code delivery.timeout.ms} allows ({@code StallDetector}), is closed and replaced ({@code ProducerSupervisor}).
 * {@code InFlightAttempts} keeps the attempts that have no result yet, so that no message stays open.
 *
 * <p>The first producer is made while the start checks the topics ({@code EarlyProducer}), and its compression's library is
 * loaded there ({@code CompressionLibrary}).
 *
 * <p>{@code ClientAssumptions} contains everything that core relies on beyond Kafka's documented interface.
 */
@NullMarked
package io.kurier.core.internal.kafka;

import org.jspecify.annotations.NullMarked;
