// SPDX-License-Identifier: Apache-2.0
/**
 * {@code kurier plan}: bytes, requests, disk and memory of a load, by calculation and without a cluster.
 *
 * <p>{@link io.kurier.cli.plan.EncodedSample} is what a publisher would give to Kafka's producer for a sample or a size.
 * {@link io.kurier.cli.plan.CapacityPlan} is the model: {@code Traffic} decides how many records share a batch and how
 * many batches a request, {@code BatchSizes} how large such a batch is, {@code RecordFormat} and {@code ProduceFormat}
 * what Kafka's format adds. The formulas are derived in {@code docs/capacity.md}.
 */
@NullMarked
package io.kurier.cli.plan;

import org.jspecify.annotations.NullMarked;
