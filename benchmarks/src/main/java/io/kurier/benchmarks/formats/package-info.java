// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run jmh formats}: what Kurier's serializers and deserializers take beside the calls of the format's
 * library on which an application's own would be built.
 *
 * <p>{@link io.kurier.benchmarks.formats.SmallOrders} are the records; for JSON see
 * {@link io.kurier.benchmarks.defaults}.
 */
@NullMarked
package io.kurier.benchmarks.formats;

import org.jspecify.annotations.NullMarked;
