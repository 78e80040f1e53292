// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run security}: a flood of records by a publisher without a guard, and by publishers with the guards
 * {@code encrypt} and {@code sign}.
 *
 * <p>Each runs in {@link io.kurier.benchmarks.rounds}, with values that lz4 compresses, which ciphertext is not, and with
 * random bytes.
 */
@NullMarked
package io.kurier.benchmarks.security;

import org.jspecify.annotations.NullMarked;
