// SPDX-License-Identifier: Apache-2.0
/**
 * Protobuf messages, generated or dynamic.
 *
 * <p>In a publisher's configuration: {@code topics.orders.value.serializer=protobuf}. A record is the message's own
 * bytes without a prefix, so every Protobuf reader can read it; null stays null (a tombstone).
 *
 * <p>Without a publisher:
 *
 * <pre>{@code
 * var producer = new KafkaProducer<>(config, new StringSerializer(), new ProtobufSerializer<Order>());
 * var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ProtobufDeserializer<>(Order.class));
 * }</pre>
 *
 * <p>Details:
 *
 * <ul>
 *   <li>Protobuf's bytes do not contain their type: read as another type they become another message, often without an
 *       error. So declare the type, in code or with {@code message}; then other types are refused.
 *   <li>Several types in one topic: the header {@code protobuf.type} names each record's ({@link
 *       io.kurier.serializers.protobuf.ProtobufSerializer#withTypeHeader}), and the reader lists those that it
 *       accepts.
 *   <li>Without generated classes: a {@link io.kurier.serializers.protobuf.internal.DescriptorSet}, which {@code
 *       protoc} writes, and {@code DynamicMessage}.
 *   <li>As a key, maps are written in the order of their keys. A packed {@code Any} stays unchanged.
 *   <li>The memory that a message would take is estimated before it is parsed, and limited ({@code max.expansion}), and
 *       so are its size and depth. The serializer refuses messages that exceed the same limits.
 *   <li>An unpaired surrogate in a string is refused; Protobuf itself writes a question mark for it.
 *   <li>An error names types and fields and never shows a value.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.protobuf;

import org.jspecify.annotations.NullMarked;
