// SPDX-License-Identifier: Apache-2.0
/**
 * Kafka's transactions.
 *
 * <p>{@link io.kurier.core.internal.transactions.TransactionManager} takes a free
 * {@link io.kurier.core.internal.transactions.TransactionalProducer} from a
 * {@link io.kurier.core.internal.transactions.ProducerPool} and gives its thread a
 * {@link io.kurier.core.internal.transactions.TransactionTask}, which is one transaction from top to bottom: begin, run
 * the callback, commit or abort, give the producer back, complete the future. The callback publishes through an
 * {@link io.kurier.core.internal.transactions.ActiveTransaction}: the same send path as outside of transactions, but
 * each message is a {@link io.kurier.core.internal.transactions.TransactionalDelivery}, which the end of the
 * transaction settles.
 *
 * <p>A {@code TransactionalProducer} is one transactional id. It decides which errors its Kafka producer survives, and
 * which of them mean that another process owns the id now (KIP-98, KIP-447, KIP-1050).
 */
@NullMarked
package io.kurier.core.internal.transactions;

import org.jspecify.annotations.NullMarked;
