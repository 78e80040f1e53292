// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run instrumentation}: a flood of records by a publisher without an instrumentation, and by publishers
 * with Micrometer, with OpenTelemetry and with both.
 *
 * <p>Each runs in {@link io.kurier.benchmarks.rounds}. Spans go through OpenTelemetry's batch processor to an exporter
 * that discards them, as many as the sampler takes.
 */
@NullMarked
package io.kurier.benchmarks.instrumentation;

import org.jspecify.annotations.NullMarked;
