// SPDX-License-Identifier: Apache-2.0
/**
 * Limits of what is in flight: a publisher that gets more than its cluster takes refuses the rest early, instead of
 * letting each message wait longer than the one before.
 */
@NullMarked
package io.kurier.core.internal.limits;

import org.jspecify.annotations.NullMarked;
