// SPDX-License-Identifier: Apache-2.0
/**
 * JSON, mapped by Jackson 3: the package {@code io.kurier.serializers.json} for applications that have no Jackson 2. Both can
 * be on one class path.
 *
 * <p>In a publisher's configuration: {@code topics.orders.value.serializer=json3}. Records, classes with getters, maps,
 * lists and Jackson's own {@code JsonNode} become one JSON text in UTF-8; null stays null (a tombstone). A {@code
 * String} becomes a JSON string: use the serializer {@code text} for text that is JSON already.
 *
 * <p>Without a publisher:
 *
 * <pre>{@code
 * var producer = new KafkaProducer<>(config, new StringSerializer(), new JsonSerializer<Order>());
 * var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new JsonDeserializer<>(Order.class));
 * }</pre>
 *
 * <p>Details:
 *
 * <ul>
 *   <li>{@link io.kurier.serializers.json3.JsonDefaults} describes the mapper that is used if none is given, and the
 *       reasons.
 *   <li>The declared type matters: a {@code List<Animal>} keeps the type ids that {@code @JsonTypeInfo} requests, which
 *       Jackson omits if it knows only that it is a list.
 *   <li>As a key, a map is written in the order of its keys: equal keys must be equal bytes to be in one partition.
 *   <li>The memory that a text would take is estimated before it is mapped, and limited ({@code max.expansion}), and so
 *       are its size and depth. The serializer refuses what a reader with the same settings would refuse: values
 *       beyond these limits, and those that exceed Jackson's constraints on numbers, names and texts.
 *   <li>With the key {@code schema} values and records are validated by a JSON Schema, which also describes them to a
 *       framing. It needs {@code com.networknt:json-schema-validator}, version 3, on the class path.
 *   <li>JSON never has names of Java classes: a mapper with default typing is refused, and so is {@code @JsonTypeInfo}
 *       with {@code CLASS} or {@code MINIMAL_CLASS}. {@code NAME} is fine.
 *   <li>An error names the type and the place and never shows the JSON. Jackson's messages quote it, so they are
 *       withheld; its stack trace is kept.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.json3;

import org.jspecify.annotations.NullMarked;
