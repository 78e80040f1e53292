// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run transactions}: transactions by Kafka's own producer, by Spring's template and by the publisher.
 *
 * <p>Each of {@link io.kurier.benchmarks.clients.Clients} runs in {@link io.kurier.benchmarks.rounds};
 * {@link io.kurier.benchmarks.CommittedRecords} counts the committed records.
 */
@NullMarked
package io.kurier.benchmarks.transactions;

import org.jspecify.annotations.NullMarked;
