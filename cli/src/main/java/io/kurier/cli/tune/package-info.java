// SPDX-License-Identifier: Apache-2.0
/**
 * {@code kurier tune}: which profile and compression suit a sample on a cluster, by measurement.
 *
 * <p>{@link io.kurier.cli.tune.Tuner} publishes the {@link io.kurier.cli.tune.Sample} to a {@link
 * io.kurier.cli.tune.TemporaryTopic} with every {@link io.kurier.cli.tune.Variant} in turns, each {@code Turn} with a
 * publisher of its own. The turns of one variant are a {@link io.kurier.cli.tune.Measurement}; {@link
 * io.kurier.cli.tune.Recommendation} compares those.
 */
@NullMarked
package io.kurier.cli.tune;

import org.jspecify.annotations.NullMarked;
