// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka Connect source connector that publishes JSON files, one record per value.
 *
 * <pre>
 * connector.class=io.kurier.plugins.json.JsonSourceConnector
 * topic=orders
 * path=/data/orders
 * key=field:customer
 * </pre>
 *
 * <p>{@code layout} sets how the values are arranged in a file:
 *
 * <ul>
 *   <li>{@code lines}: one value per line. Blank lines are skipped. A line that is not valid is rejected, and reading
 *       continues with the next.
 *   <li>{@code values}: one after the other, or the elements of one array, over any number of lines. Text that is not
 *       JSON causes the rest of the file to be rejected, with line and column; a value that is JSON but refused is
 *       rejected alone.
 *   <li>{@code auto}, the default: {@code lines} for {@code *.jsonl} and {@code *.ndjson}. For other files the first
 *       100 lines are checked, up to 1 MiB or three times {@code max.record.bytes}, whichever is more. A valid value
 *       that continues past the end of its line makes the layout {@code values}: a document over many lines is one
 *       record. Otherwise it is {@code lines} if the lines are whole objects or arrays; if some are not JSON, more than
 *       half of them must be. The elements of an array that opens the file are published one by one, unless the array
 *       ends in its line and more lines follow. While a file is being written and may be the beginning of a document,
 *       nothing of it is published.
 * </ul>
 *
 * <p>The value has no schema: it is a {@code Map}, a {@code List}, a {@code String}, a {@code Boolean} or a number.
 * Nothing is altered on the way:
 *
 * <ul>
 *   <li>{@code numbers} sets how numbers are converted. {@code exact}: whole numbers become {@code Integer},
 *       {@code Long} or {@code BigInteger}, others {@code BigDecimal} with trailing zeros, so that {@code 9.90} and
 *       {@code 12345678901234567890} are published as they are in the file, and {@code 1e2} as {@code 1E+2};
 *       {@code -0.0} is a {@code Double}. Kurier's JSON serializer and
 *       {@link io.kurier.plugins.json.ExactJsonConverter} write all of them. {@code connect}: the types that
 *       {@code JsonConverter} takes, {@code Integer}, {@code Long} and {@code Double}; the value is kept, and trailing
 *       zeros are not. A number that none of these can hold is rejected with its position. {@code auto}, the default:
 *       {@code exact} in Kurier's host, and on a Connect worker if {@code value.converter} of the connector itself is
 *       {@code ExactJsonConverter}, else {@code connect}.
 *   <li>Duplicate keys of an object, bytes that are not UTF-8 and half a surrogate pair are rejected. A byte order mark
 *       at the start is skipped.
 *   <li>A JSON null as a whole value is rejected, because as a record it would be a tombstone.
 * </ul>
 *
 * <p>With {@code key=field:NAME} the text of that field is the key (schema STRING) and stays in the value: a string, a
 * number with all its digits, a boolean. {@code NAME} is a top-level field, or the names of nested ones with dots
 * between. A record without the field, or with null in it, has no key; a record in which it is an object or an array is
 * rejected.
 *
 * <p>The keys that all file connectors share are described in {@code io.kurier.plugins.files}.
 */
@NullMarked
package io.kurier.plugins.json;

import org.jspecify.annotations.NullMarked;
