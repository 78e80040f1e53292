// SPDX-License-Identifier: Apache-2.0
/**
 * What the runs beside peers share: the broker's process, the topics, the producer's settings, and the words about the
 * machine. {@code benchmarks/README.md} says how to run them and how to read what they print.
 */
@NullMarked
package io.kurier.benchmarks;

import org.jspecify.annotations.NullMarked;
