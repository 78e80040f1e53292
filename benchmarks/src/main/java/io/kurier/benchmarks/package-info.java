// SPDX-License-Identifier: Apache-2.0
/**
 * The common parts of the runs that compare clients: the broker's process, the topics, the producer's settings, and the
 * description of the machine. {@code benchmarks/README.md} describes how to run them and how to read their output.
 */
@NullMarked
package io.kurier.benchmarks;

import org.jspecify.annotations.NullMarked;
