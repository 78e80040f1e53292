// SPDX-License-Identifier: Apache-2.0
/**
 * How a close keeps its time.
 *
 * <p>What a publisher closes may hang: a plugin's {@code close}, a metrics reporter's, Kafka's producer while a broker
 * answers nothing. Each of these is a {@link io.kurier.core.internal.closing.ClosingStep}, in a thread that is left behind, with a
 * warning that shows where it stands, once its time is over.
 */
@NullMarked
package io.kurier.core.internal.closing;

import org.jspecify.annotations.NullMarked;
