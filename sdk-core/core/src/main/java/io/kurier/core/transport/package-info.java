// SPDX-License-Identifier: Apache-2.0
/**
 * The interface between a publisher and Kafka. A test kit implements it to run a real publisher without a broker.
 *
 * <p>A {@link io.kurier.core.transport.TransportFactory} is passed to {@code KurierBuilder.transport} or
 * {@code KurierBinder.transport}, and returns a {@link io.kurier.core.transport.Transport} for a
 * {@link io.kurier.core.transport.TransportConfig}. The transport makes one attempt at a time and returns at once if
 * the record cannot be taken ({@link io.kurier.core.transport.SendRejection}); the publisher decides how long to try
 * again. The outcome arrives later at an {@link io.kurier.core.transport.Acknowledgment}, as a position in the log or
 * as a {@link io.kurier.core.transport.KafkaFailure}, usually on another thread.
 *
 * <p>Transactions have senders of their own ({@link io.kurier.core.transport.TransactionalSender}), which block as
 * Kafka's producers do. {@link io.kurier.core.transport.TransactionFailure} has the remedy if one of them throws.
 *
 * <p>{@code FakeKafka} of kurier-testkit is an in-memory implementation.
 */
@NullMarked
package io.kurier.core.transport;

import org.jspecify.annotations.NullMarked;
