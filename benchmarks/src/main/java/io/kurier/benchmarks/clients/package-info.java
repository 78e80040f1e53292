// SPDX-License-Identifier: Apache-2.0
/**
 * The three clients that are compared, once for all runs.
 *
 * <p>A {@link io.kurier.benchmarks.clients.Client} has a producer and a topic of its own and supports all runs: a
 * flood, single records, transactions. {@link io.kurier.benchmarks.clients.Clients} has all of them.
 */
@NullMarked
package io.kurier.benchmarks.clients;

import org.jspecify.annotations.NullMarked;
