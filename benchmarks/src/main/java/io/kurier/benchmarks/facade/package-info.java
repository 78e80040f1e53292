// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run facade}: a flood of records by Kafka's own producer, by Spring's template and by the publisher.
 *
 * <p>{@link io.kurier.benchmarks.facade.Candidates} are the clients, {@link io.kurier.benchmarks.facade.Rounds} lets
 * them run in turns and counts, {@link io.kurier.benchmarks.facade.Report} prints.
 */
@NullMarked
package io.kurier.benchmarks.facade;

import org.jspecify.annotations.NullMarked;
