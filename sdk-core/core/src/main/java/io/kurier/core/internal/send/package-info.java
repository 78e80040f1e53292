// SPDX-License-Identifier: Apache-2.0
/**
 * The send path: one message from the call to its outcome.
 *
 * <p>{@link io.kurier.core.internal.send.PublishPipeline} is the path to Kafka, top to bottom, in the caller's thread:
 * route, encode, guard, partition, send. {@link io.kurier.core.internal.send.PartitionSelection} and
 * {@link io.kurier.core.internal.send.Backoff} are the state of one call. The outcome of the message is reported to a
 * {@link io.kurier.core.internal.send.DeliveryCallback}: a {@link io.kurier.core.internal.send.Delivery}, which is the
 * caller's future too, or a message of a transaction. {@link io.kurier.core.internal.send.MultiRecordDelivery} collects
 * the acknowledgments of a value that is sent as several records, and
 * {@link io.kurier.core.internal.send.AcknowledgmentWindow} limits how many of them are outstanding.
 *
 * <p>In a topic with a dead-letter topic, {@link io.kurier.core.internal.send.DeadLetterDelivery} stands before the
 * delivery, and sends a {@link io.kurier.core.internal.send.DeadLetter} if the message fails for good.
 *
 * <p>{@link io.kurier.core.internal.send.TopicState} is what the messages of one topic share: route, counters,
 * listeners and the queue in which their futures complete. {@link io.kurier.core.internal.send.TopicStates} has those
 * of all topics.
 *
 * <p>This package does not know transactions.
 */
@NullMarked
package io.kurier.core.internal.send;

import org.jspecify.annotations.NullMarked;
