// SPDX-License-Identifier: Apache-2.0
/**
 * Arithmetic with durations that callers pass.
 *
 * <p>{@code Duration.ofSeconds(Long.MAX_VALUE)} is a usual value for "however long it takes", and its {@code toNanos}
 * throws. {@link io.kurier.core.internal.time.Durations} bounds every duration so that it can be added to a time.
 */
@NullMarked
package io.kurier.core.internal.time;

import org.jspecify.annotations.NullMarked;
