// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run defaults}: publishing objects as JSON with each client's default settings, which most
 * applications use: by Kafka's own producer, by Spring's template and by the publisher.
 *
 * <p>{@link io.kurier.benchmarks.defaults.Orders} are the objects.
 * {@link io.kurier.benchmarks.defaults.DefaultsBenchmark} creates the clients, which run in
 * {@link io.kurier.benchmarks.rounds}.
 */
@NullMarked
package io.kurier.benchmarks.defaults;

import org.jspecify.annotations.NullMarked;
