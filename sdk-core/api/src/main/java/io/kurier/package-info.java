// SPDX-License-Identifier: Apache-2.0
/**
 * The API with which an application publishes messages to Kafka.
 *
 * <p>A {@link io.kurier.Topic} is a typed alias that code uses; configuration gives it a physical name, serializers and
 * a contract. A {@link io.kurier.Message} is published to a topic through the {@link io.kurier.Publisher}. The returned
 * future is the only channel: it completes with a {@link io.kurier.Receipt} or with a
 * {@link io.kurier.PublishException}, which names the step at which the message failed ({@link io.kurier.Stage}) and
 * what may be in the log ({@link io.kurier.Outcome}).
 *
 * <pre>{@code
 * static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
 *
 * publisher.publish(ORDERS, order.customer(), order)
 *         .thenAccept(receipt -> log.info("stored at {}-{}@{}", receipt.topic(), receipt.partition(), receipt.offset()));
 * }</pre>
 *
 * <p>{@link io.kurier.Publisher#transaction(io.kurier.TransactionCallback)} publishes several messages all or nothing.
 * If the outcome of a message is unknown, {@link io.kurier.Publisher#resolve(io.kurier.DeliveryHandle)} finds it by the
 * message's {@link io.kurier.DeliveryHandle}. Every message of Kurier's exceptions is {@link io.kurier.Printable}.
 *
 * <p>{@code io.kurier.core} describes how to get a {@code Publisher}; {@code io.kurier.spi}, how to write a plugin.
 */
@NullMarked
package io.kurier;

import org.jspecify.annotations.NullMarked;
