// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps a close within its time.
 *
 * <p>The parts that a publisher closes may hang: a plugin's {@code close}, a metrics reporter's, Kafka's producer while
 * a broker does not respond. Each of these is a {@link io.kurier.core.internal.closing.ClosingStep}, in a thread that
 * is left behind once its time is over, with a warning that shows its stack.
 */
@NullMarked
package io.kurier.core.internal.closing;

import org.jspecify.annotations.NullMarked;
