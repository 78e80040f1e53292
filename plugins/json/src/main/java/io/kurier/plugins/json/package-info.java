// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka Connect source connector that publishes JSON files, one record a value.
 *
 * <pre>
 * connector.class=io.kurier.plugins.json.JsonSourceConnector
 * topic=orders
 * path=/data/orders
 * key.field=customer
 * </pre>
 *
 * <p>{@code layout} says how the values lie in a file:
 *
 * <ul>
 *   <li>{@code lines}: one a line. Blank lines are skipped. A broken line is rejected and the next one goes on.
 *   <li>{@code values}: one after the other, or the elements of one array, over any number of lines. What is no JSON
 *       rejects the rest of the file, with line and column; JSON that is refused is rejected alone.
 *   <li>{@code auto}, the default: {@code lines} for {@code *.jsonl} and {@code *.ndjson}. The first 100 lines of other
 *       files are looked at, and 1 MiB or three records of {@code max.record.bytes} at most. A valid value that goes on
 *       over the end of its line makes the file values: a document over many lines is one record. Else it is lines if
 *       these are whole objects or arrays; if something is not JSON, more than half of them must be. An array that opens
 *       the file is taken apart, unless it ends in its line and more lines follow. While a file is being written and
 *       may be the beginning of a document, nothing of it is published.
 * </ul>
 *
 * <p>The value has no schema: it is a {@code Map}, a {@code List}, a {@code String}, a {@code Boolean} or a number.
 * Nothing is altered on the way:
 *
 * <ul>
 *   <li>{@code numbers} says what numbers become. {@code exact}: whole numbers {@code Integer}, {@code Long} or
 *       {@code BigInteger}, others {@code BigDecimal} with the zeros at their end, so that {@code 9.90} and
 *       {@code 12345678901234567890} are published as they are in the file, and {@code 1e2} as {@code 1E+2};
 *       {@code -0.0} is a {@code Double}. Kurier's JSON serializer and {@link io.kurier.plugins.json.ExactJsonConverter}
 *       write all of them. {@code connect}: what {@code JsonConverter} takes, which is {@code Integer}, {@code Long} and
 *       {@code Double}; the value is kept, and zeros at the end are not. A number whose value neither has is rejected
 *       with its place. {@code auto}, the default: {@code exact} in Kurier's host, and on a Connect worker if
 *       {@code value.converter} of the connector itself is {@code ExactJsonConverter}, else {@code connect}.
 *   <li>A key that an object has twice, bytes that are not UTF-8 and half a surrogate pair are rejected. A byte order
 *       mark at the start is skipped.
 *   <li>A JSON null as a whole value is rejected, because as a record it would be a tombstone.
 * </ul>
 *
 * <p>With {@code key.field} the string in that field is the key (schema STRING) and stays in the value. A record without
 * the field has no key; one in which it is not a string is rejected.
 *
 * <p>Keys that all file connectors share are told in {@code io.kurier.plugins.files}.
 */
@NullMarked
package io.kurier.plugins.json;

import org.jspecify.annotations.NullMarked;
