// SPDX-License-Identifier: Apache-2.0
/**
 * What an application publishes with.
 *
 * <p>A {@link io.kurier.Topic} is a typed alias that code uses; configuration gives it a physical name, serializers and
 * a contract. A {@link io.kurier.Message} goes to a topic through the {@link io.kurier.Publisher}, and the future that
 * comes back is the only channel: it completes with a {@link io.kurier.Receipt} or with a
 * {@link io.kurier.PublishException} that says how far the message came ({@link io.kurier.Stage}) and what may be in
 * the log ({@link io.kurier.Outcome}).
 *
 * <pre>{@code
 * static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
 *
 * publisher.publish(ORDERS, order.customer(), order)
 *         .thenAccept(receipt -> log.info("stored at {}-{}@{}", receipt.topic(), receipt.partition(), receipt.offset()));
 * }</pre>
 *
 * <p>{@link io.kurier.Publisher#transaction(io.kurier.TransactionCallback)} publishes several messages all or nothing. What became of a
 * message whose outcome is unknown is found by its {@link io.kurier.DeliveryHandle}, see
 * {@link io.kurier.Publisher#resolve(io.kurier.DeliveryHandle)}. Every message of Kurier's exceptions is {@link io.kurier.Printable}.
 *
 * <p>How to get a {@code Publisher} is told in {@code io.kurier.core}; how to write a plugin, in {@code io.kurier.spi}.
 */
@NullMarked
package io.kurier;

import org.jspecify.annotations.NullMarked;
