// SPDX-License-Identifier: Apache-2.0
/**
 * Protobuf messages, generated or dynamic.
 *
 * <p>In a publisher's configuration: {@code topics.orders.value.serializer=protobuf}. A record is the message's own
 * bytes with nothing before them, so every Protobuf reader can read it; null stays null (a tombstone).
 *
 * <p>Without a publisher:
 *
 * <pre>{@code
 * var producer = new KafkaProducer<>(config, new StringSerializer(), new ProtobufSerializer<Order>());
 * var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ProtobufDeserializer<>(Order.class));
 * }</pre>
 *
 * <p>What is worth knowing:
 *
 * <ul>
 *   <li>Protobuf's bytes do not say of which type they are: read as another type they give another message, often without
 *       an error. So declare the type, in code or with {@code message}; then other types are refused.
 *   <li>Several types in one topic: the header {@code protobuf.type} names each record's
 *       ({@link io.kurier.serializers.protobuf.ProtobufSerializer#withTypeHeader}), and the reader lists those that it
 *       takes.
 *   <li>Without generated classes: a {@link io.kurier.serializers.protobuf.internal.DescriptorSet}, which {@code protoc} writes,
 *       and {@code DynamicMessage}.
 *   <li>As a key, maps are written in the order of their keys. A packed {@code Any} stays as it was packed.
 *   <li>What a message would take in memory is estimated before it is parsed, and limited ({@code max.expansion}), and so are
 *       its size and depth. The serializer refuses what exceeds the same limits.
 *   <li>Half of a surrogate pair in a string is refused, for which Protobuf itself writes a question mark.
 *   <li>An error names types and fields and never shows a value.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.protobuf;

import org.jspecify.annotations.NullMarked;
