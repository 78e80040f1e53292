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
 * <p>The value has no schema: it is a {@code Map}, a {@code List}, a {@code String}, a {@code Boolean} or a number, as
 * {@code JsonConverter} takes it with {@code schemas.enable=false}. Nothing is altered on the way:
 *
 * <ul>
 *   <li>Whole numbers are {@code Integer} or {@code Long}, beyond that {@code BigInteger}. Decimals are {@code Double} if
 *       a double has that very value, else {@code BigDecimal}. Kurier's JSON serializer writes all of them;
 *       {@code JsonConverter} refuses the big ones, which stops the connector unless {@code errors.tolerance} is set.
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
