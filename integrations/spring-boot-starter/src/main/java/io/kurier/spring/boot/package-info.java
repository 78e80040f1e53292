// SPDX-License-Identifier: Apache-2.0
/**
 * A {@link io.kurier.Publisher} among the beans of a Spring Boot application. It is configured by the properties {@code
 * kurier.*}, which are Kurier's keys with this prefix, and by beans:
 *
 * <pre>{@code
 * @SpringBootApplication
 * class Shop {
 *     static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
 *
 *     @Bean
 *     Topic<String, Order> orders() {
 *         return ORDERS;
 *     }
 * }
 * }</pre>
 *
 * <pre>
 * kurier.bootstrap.servers=127.0.0.1:9092
 * kurier.topics.orders.value.serializer=json
 * </pre>
 *
 * <p>Beans of the types {@link io.kurier.Topic}, {@link io.kurier.spi.PublishListener}, {@link
 * io.kurier.spi.Instrumentation}, of plugins, and {@link io.kurier.core.transport.TransportFactory} for tests are added
 * to the publisher; {@link io.kurier.spring.boot.KurierBuilderCustomizer} does what they do not. The publisher starts
 * with the context and is closed with it. An application that declares a publisher of its own gets no other.
 */
@NullMarked
package io.kurier.spring.boot;

import org.jspecify.annotations.NullMarked;
