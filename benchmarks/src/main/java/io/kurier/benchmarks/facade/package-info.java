// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run facade}: a flood of records by Kafka's own producer, by Spring's template and by the publisher.
 *
 * <p>Each of {@link io.kurier.benchmarks.clients.Clients} runs in {@link io.kurier.benchmarks.rounds}, once without and
 * once with a dependent per record.
 */
@NullMarked
package io.kurier.benchmarks.facade;

import org.jspecify.annotations.NullMarked;
