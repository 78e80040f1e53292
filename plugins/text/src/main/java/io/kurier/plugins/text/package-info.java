// SPDX-License-Identifier: Apache-2.0
/**
 * Kafka Connect source connectors that publish text files, one record per line, and CSV files, one record per row.
 *
 * <pre>
 * connector.class=io.kurier.plugins.text.TextSourceConnector
 * topic=logs
 * path=/var/log/shop
 * include=*.log
 * charset=UTF-8
 * </pre>
 *
 * <p>The value is a string (schema STRING), so every converter takes it. A line ends with a line feed or with a carriage
 * return and a line feed, neither of which is part of the value; a carriage return elsewhere is. An empty line is an
 * empty string. The last line of a file needs no line end; it is published once the file has not changed for
 * {@code scan.interval.ms}, because until then it may be half written.
 *
 * <p>Nothing is altered: a line that is not text in {@code charset} is rejected, not repaired with replacement
 * characters. A byte order mark at the start of a file is not part of its text. A file that begins with the mark of
 * another charset is rejected as a whole, with the charset to set.
 *
 * <p>With {@code multiline.pattern}, a regular expression that is searched for in each line, several lines become one
 * record with a line feed between them. A line with the pattern continues the record before it; with
 * {@code multiline.match=begins} it begins a record instead, which goes up to the next such line. A stack trace of Java,
 * with the line that was logged before it:
 *
 * <pre>
 * multiline.pattern=^(\\s|Caused by:|[\\w.$]+(Exception|Error)\\b)
 * </pre>
 *
 * <p>The last record of a file is published when another begins, or the file has not changed for
 * {@code scan.interval.ms}; lines that are written to it later become a record of their own. A record has at most
 * {@code multiline.max.lines} lines, further ones begin another record, and is rejected as a whole if it is larger than
 * {@code max.record.bytes}. A line that is rejected ends the record before it.
 *
 * <p>{@link io.kurier.plugins.text.TextSourceConnector} does not parse CSV: the header line of a {@code *.csv} file is
 * a record like any other, and a quoted field with a line end is split into two records. To publish rows:
 *
 * <pre>
 * connector.class=io.kurier.plugins.text.CsvSourceConnector
 * topic=orders
 * path=/data/orders
 * delimiter=,
 * </pre>
 *
 * <p>{@link io.kurier.plugins.text.CsvSourceConnector} reads RFC 4180 with a header line, which names the columns. The
 * value of a record is a map of column names to strings, in the order of the header line and without schema, which
 * {@code JsonConverter} and Kurier's serializer {@code json} write as a JSON object:
 *
 * <ul>
 *   <li>All values are strings, as they are in the file: nothing is trimmed, and no number or date is guessed. An empty
 *       field is an empty string.
 *   <li>Rows end with a line feed or with a carriage return and a line feed; both may occur in a quoted field.
 *   <li>A row is rejected, with the number of the line that it starts on, if it has more or fewer fields than the
 *       header line, a quotation mark or a lone carriage return where none is allowed, a field that is not text in
 *       {@code charset}, or more bytes than {@code max.record.bytes}, in the file or as a JSON object. The other rows
 *       are published.
 *   <li>A quotation mark that is never closed leaves the rest of the file unread until the file changes, because it is
 *       unknown where the next row starts.
 *   <li>A file whose header line is empty or malformed, or names a column twice or more than 16,384 columns, is
 *       rejected.
 *   <li>With {@code key=field:COLUMN} the field of that column is the key too. A file without the column is rejected.
 *   <li>Empty lines are skipped, except in a file with one column, where they are empty fields.
 * </ul>
 *
 * <p>The keys that all file connectors share are described in {@code io.kurier.plugins.files}.
 */
@NullMarked
package io.kurier.plugins.text;

import org.jspecify.annotations.NullMarked;
