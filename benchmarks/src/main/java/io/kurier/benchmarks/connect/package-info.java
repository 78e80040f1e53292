// SPDX-License-Identifier: Apache-2.0
/**
 * Files to a topic by Kafka Connect's worker, by Kurier's connector host and by kcat.
 *
 * <p>{@link io.kurier.benchmarks.connect.ConnectBenchmark} takes the turns. In each an {@link
 * io.kurier.benchmarks.connect.Importer} imports one {@link io.kurier.benchmarks.connect.Input} in a process of its own
 * to a topic of its own, whose content is verified afterwards; {@link io.kurier.benchmarks.connect.ImportReport} prints
 * what the turns took.
 */
@NullMarked
package io.kurier.benchmarks.connect;

import org.jspecify.annotations.NullMarked;
