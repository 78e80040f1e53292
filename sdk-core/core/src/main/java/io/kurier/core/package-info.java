// SPDX-License-Identifier: Apache-2.0
/**
 * How an application gets a {@link io.kurier.Publisher}.
 *
 * <p>Without Guice, {@link io.kurier.core.Kurier#start(java.nio.file.Path, io.kurier.Topic...)}:
 *
 * <pre>{@code
 * try (Publisher publisher = Kurier.start(Path.of("kurier.properties"), ORDERS)) {
 *     publisher.publish(ORDERS, "customer-7", order);
 * }
 * }</pre>
 *
 * <p>With Guice, {@code io.kurier.core.guice}. Both read the same keys and take the same steps, those of {@code start}.
 *
 * <p>The rooms below, in the order in which a start walks through them: {@code config} reads the settings strictly,
 * {@code plugins} finds what they name, {@code route} binds both to topics, {@code topics} brings the cluster in line,
 * {@code transport} connects, and {@code publish} is the way of each message, which {@code metrics} counts.
 */
@NullMarked
package io.kurier.core;

import org.jspecify.annotations.NullMarked;
