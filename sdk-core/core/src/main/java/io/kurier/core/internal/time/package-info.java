// SPDX-License-Identifier: Apache-2.0
/**
 * Arithmetic with times that callers give.
 *
 * <p>{@code Duration.ofSeconds(Long.MAX_VALUE)} is a usual way to say "however long it takes", and {@code toNanos} of it
 * throws. {@link io.kurier.core.internal.time.Durations} makes every duration one that can be added to a moment.
 */
@NullMarked
package io.kurier.core.internal.time;

import org.jspecify.annotations.NullMarked;
