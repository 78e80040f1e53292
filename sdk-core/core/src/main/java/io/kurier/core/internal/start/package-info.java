// SPDX-License-Identifier: Apache-2.0
/**
 * The steps of a start, for {@code Kurier.start} and for Guice.
 *
 * <p>A {@link io.kurier.core.internal.start.Plan} is made from settings, topics and plugins, without a connection: a
 * check ends here. The plan then connects, by {@link io.kurier.core.internal.start.KafkaConnection} or by a test's
 * replacement, and makes the publisher. {@link io.kurier.core.internal.start.ClientClasses} are loaded while the plan is
 * made.
 */
@NullMarked
package io.kurier.core.internal.start;

import org.jspecify.annotations.NullMarked;
