// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka Connect source connector that publishes text files, one record a line.
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
 * characters. A byte order mark at the start of a file is no part of its text. A file that begins with the mark of another
 * charset is rejected as a whole, with the charset to set.
 *
 * <p>Keys that all file connectors share are told in {@code io.kurier.plugins.files}.
 */
@NullMarked
package io.kurier.plugins.text;

import org.jspecify.annotations.NullMarked;
