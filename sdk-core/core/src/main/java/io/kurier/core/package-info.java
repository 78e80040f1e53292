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
 * <p>With Guice, {@code io.kurier.core.guice}. Both read the same keys and take the same steps. {@code io.kurier.core.transport}
 * is the seam for test kits, {@code io.kurier.core.config} what a check of a configuration returns.
 *
 * <p>All else is below {@code io.kurier.core.internal} and may change with every release. In the order of a start: {@code
 * config} reads the settings strictly, {@code plugins} finds what they name, {@code route} binds both to topics, {@code topics}
 * brings the cluster in line, {@code kafka} connects, and {@code publish} takes each message, which {@code metrics} counts.
 */
@NullMarked
package io.kurier.core;

import org.jspecify.annotations.NullMarked;
