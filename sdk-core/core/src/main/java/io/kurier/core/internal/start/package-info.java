// SPDX-License-Identifier: Apache-2.0
/**
 * The steps of a start, for whoever wires them: {@code Kurier.start} with its own hands, or Guice.
 *
 * <p>A {@link io.kurier.core.internal.start.Plan} is made from settings, topics and plugins, and nothing is connected yet: this is
 * as far as a check goes. It then connects, by {@link io.kurier.core.internal.start.KafkaConnection} or what a test puts in its
 * place, and puts the publisher on top.
 */
@NullMarked
package io.kurier.core.internal.start;

import org.jspecify.annotations.NullMarked;
