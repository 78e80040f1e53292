// SPDX-License-Identifier: Apache-2.0
/** Runs beside peers, in one JVM against one broker, with the same producer settings; only ratios mean anything. */
@NullMarked
package io.kurier.benchmarks;

import org.jspecify.annotations.NullMarked;
