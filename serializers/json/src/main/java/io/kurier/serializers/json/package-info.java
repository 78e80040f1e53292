// SPDX-License-Identifier: Apache-2.0
/**
 * JSON, mapped by Jackson.
 *
 * <p>In a publisher's configuration: {@code topics.orders.value.serializer=json}. Records, classes with getters, maps,
 * lists and Jackson's own {@code JsonNode} become one JSON text in UTF-8; null stays null (a tombstone). A
 * {@code String} becomes a JSON string: text that is JSON already goes by the serializer {@code text}.
 *
 * <p>Without a publisher:
 *
 * <pre>{@code
 * var producer = new KafkaProducer<>(config, new StringSerializer(), new JsonSerializer<Order>());
 * var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new JsonDeserializer<>(Order.class));
 * }</pre>
 *
 * <p>What is worth knowing:
 *
 * <ul>
 *   <li>{@link io.kurier.serializers.json.JsonDefaults} tells how the mapper is set up where none is given, and why.
 *   <li>The declared type counts: a {@code List<Animal>} keeps the type ids that {@code @JsonTypeInfo} asks for, which
 *       Jackson leaves out if it sees only a list.
 *   <li>As a key, a map is written in the order of its keys: equal keys must be equal bytes to meet in one partition.
 *   <li>What a text would take in memory is estimated before it is mapped, and limited ({@code max.expansion}), and so are
 *       its size and depth. The serializer refuses what a reader with the same settings would refuse: that, and what exceeds
 *       Jackson's constraints on numbers, names and texts.
 *   <li>An error names the type and the place and never shows the JSON. Jackson's messages quote it, so they are
 *       withheld; its stack trace is kept.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.json;

import org.jspecify.annotations.NullMarked;
