// SPDX-License-Identifier: Apache-2.0
/**
 * The publisher itself.
 *
 * <p>{@link io.kurier.core.internal.publish.PublishPipeline} is one message's way, top to bottom: route, encode, guard, partition, send;
 * {@link io.kurier.core.internal.publish.RoutedPublisher} gives every message to it. A {@link io.kurier.core.internal.publish.Delivery}
 * follows the message until its outcome is certain and is the future that the caller gets;
 * {@link io.kurier.core.internal.publish.MultiRecordDelivery} stand between the two where a value becomes several records. Each topic has a
 * {@link io.kurier.core.internal.publish.TopicState}, which counts outcomes and completes futures off Kafka's I/O thread, so that user
 * code can never hold it. They complete in the topic's {@link io.kurier.core.internal.publish.CompletionQueue}, one after the other, on
 * {@link io.kurier.core.internal.publish.CompletionThreads}; what waits there for another future hands the queue over first. The
 * {@link io.kurier.core.internal.publish.Monitor} watches over the queues and tells the log of failures.
 *
 * <p>A transaction takes its messages the same way. {@link io.kurier.core.internal.publish.TransactionManager} lets a work run in a
 * {@link io.kurier.core.internal.publish.TransactionalProducer}, which is one transactional id and its producer; the work publishes
 * through an {@link io.kurier.core.internal.publish.ActiveTransaction}, whose messages are
 * {@link io.kurier.core.internal.publish.TransactionalDelivery} until the end of all of them is known.
 */
@NullMarked
package io.kurier.core.internal.publish;

import org.jspecify.annotations.NullMarked;
