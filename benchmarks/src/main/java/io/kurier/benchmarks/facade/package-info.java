// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run facade}: a flood of records by Kafka's own producer, by Spring's template and by the publisher.
 *
 * <p>{@link io.kurier.benchmarks.facade.Candidates} are the clients, which run in {@link io.kurier.benchmarks.rounds}.
 */
@NullMarked
package io.kurier.benchmarks.facade;

import org.jspecify.annotations.NullMarked;
