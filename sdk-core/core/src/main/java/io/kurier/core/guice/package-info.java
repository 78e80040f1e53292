// SPDX-License-Identifier: Apache-2.0
/**
 * Wiring by Guice; the only package that knows it.
 *
 * <p>Install {@link io.kurier.core.guice.KurierModule} beside a module that says what to publish:
 *
 * <pre>{@code
 * final class OrdersModule extends AbstractModule {
 *     static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
 *
 *     protected void configure() {
 *         KurierBinder kurier = KurierBinder.of(binder());
 *         kurier.properties(Path.of("kurier.properties"));
 *         kurier.topic(ORDERS).valueSerializer("json").partitioner("murmur2").partitions(6);
 *     }
 * }
 *
 * Publisher publisher =
 *         Guice.createInjector(new KurierModule(), new OrdersModule()).getInstance(Publisher.class);
 * }</pre>
 *
 * <p>The publisher is a singleton. It starts when it is first asked for, and whoever asked for the injector closes it.
 */
@NullMarked
package io.kurier.core.guice;

import org.jspecify.annotations.NullMarked;
