// SPDX-License-Identifier: Apache-2.0
/**
 * Wiring by Guice; the only package of the core that depends on it.
 *
 * <p>Install {@link io.kurier.core.guice.KurierModule} together with modules that configure what to publish:
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
 * Injector injector = Guice.createInjector(new KurierModule(), new OrdersModule());
 * }</pre>
 *
 * <p>Every problem of the configuration is an error of {@code createInjector}, with the module's line. The publisher is
 * a singleton, which connects when it is first requested. The code that created the injector closes it. A service
 * requests its topic:
 *
 * <pre>{@code
 * @Inject
 * OrderDesk(TopicPublisher<String, Order> orders) {...}
 * }</pre>
 *
 * <p>{@code KurierModule.named("orders", new OrdersModule())} makes one of several publishers, under {@code
 * @Named("orders")}. A module in {@code Modules.override(...).with(...)} replaces single keys: each is a separate
 *     binding.
 */
@NullMarked
package io.kurier.core.guice;

import org.jspecify.annotations.NullMarked;
