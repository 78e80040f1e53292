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
 * <p>With Guice, {@code io.kurier.core.guice}. Both read the same keys and take the same steps. {@code
 * io.kurier.core.transport} is the interface for test kits, {@code io.kurier.core.config} has the result of a check of
 * a configuration.
 *
 * <p>Everything else is below {@code io.kurier.core.internal} and may change with every release. In the order of a
 * start: {@code config} reads the settings strictly, {@code plugins} finds what they name, {@code route} combines both
 * for each topic, {@code topics} verifies or creates the topics of the cluster, {@code kafka} connects, and {@code
 * publish} accepts each message, which {@code metrics} counts.
 */
@NullMarked
package io.kurier.core;

import org.jspecify.annotations.NullMarked;
