// SPDX-License-Identifier: Apache-2.0
/**
 * What {@code kurier top} shows, without a terminal: a {@link io.kurier.cli.top.TopSource} reads a {@link
 * io.kurier.cli.top.TopSample} at each interval, from the metrics of a running publisher ({@link
 * io.kurier.cli.top.JmxSource}) or from a cluster ({@link io.kurier.cli.top.ClusterSource}), and {@link
 * io.kurier.cli.top.TopRates} makes rates of two samples.
 */
@NullMarked
package io.kurier.cli.top;

import org.jspecify.annotations.NullMarked;
