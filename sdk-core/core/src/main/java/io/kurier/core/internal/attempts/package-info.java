// SPDX-License-Identifier: Apache-2.0
/**
 * One call of {@code KafkaProducer.send} as both of its sides see it.
 *
 * <p>An {@link io.kurier.core.internal.attempts.Attempt} is the callback that Kafka's producer gets. A
 * message's future is its first attempt ({@link io.kurier.core.internal.attempts.AttemptFuture}), so that the two are
 * one object: each object of a record costs Kafka's I/O thread a cache miss. A message of {@code publishAll}, which has no
 * future, is its first attempt likewise ({@link io.kurier.core.internal.attempts.PlainAttempt}). Further attempts, and
 * those for the records of a large value, are objects of their own. The transport keeps all attempts that have no result yet, and is their
 * {@link io.kurier.core.internal.attempts.AttemptKeeper}.
 */
@NullMarked
package io.kurier.core.internal.attempts;

import org.jspecify.annotations.NullMarked;
