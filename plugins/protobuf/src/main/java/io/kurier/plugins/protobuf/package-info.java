// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka Connect source connector that publishes files of Protobuf messages, one record per message.
 *
 * <pre>
 * connector.class=io.kurier.plugins.protobuf.ProtobufSourceConnector
 * topic=orders
 * path=/data/orders
 * </pre>
 *
 * <p>In a file ({@code *.pb}) each message follows its length, a varint, unless {@code layout} is set otherwise.
 * {@code writeDelimitedTo} writes this layout in Java and {@code SerializeDelimitedToOstream} in C++. The bytes do not
 * describe their type, so a descriptor set must be beside the file, {@code orders.desc} for {@code orders.pb}:
 *
 * <pre>
 * protoc --include_imports --descriptor_set_out=orders.desc orders.proto
 * </pre>
 *
 * <ul>
 *   <li>{@code layout=delimited}, the default: each message behind its length. {@code single}: a file is one message
 *       without a length, as {@code writeTo} writes it. Only the end of the file determines where the message ends, so
 *       the file is read once it has not changed for {@code scan.interval.ms}; write it under a name that
 *       {@code include} does not match and rename it. An empty file is reported, not published as a message without
 *       fields.
 *   <li>{@code descriptor}: one descriptor set for all files, instead of those beside them.
 *   <li>{@code message}: the full name of the message type. By default it is the top-level message of the set's last
 *       file that is not part of another message; if there are several, the one that has the name of the file.
 *   <li>{@code key=field:NAME}: the text of a top-level field is the key (schema STRING) and stays in the value: of a
 *       string, a number, a boolean or an enum, not repeated. A message in which the field is not set has no key; a
 *       field without presence is not set if it has its default, such as 0.
 *   <li>{@code unknown.fields=reject}, the default: a message with fields, at any depth, that the descriptor does not
 *       declare is not published, since Protobuf reads the bytes of another message without an error and only sets
 *       aside the fields that do not fit. {@code keep} publishes such fields too.
 * </ul>
 *
 * <p>The value is a {@code DynamicMessage} without schema; Kurier's serializer {@code protobuf} writes it.
 *
 * <p>What is detected in a damaged file, and what is not:
 *
 * <ul>
 *   <li>A message that cannot be parsed, has text that is not UTF-8 or lacks required fields, is rejected with its
 *       number, counted from 1, and the byte at which its length starts, counted from 0.
 *   <li>If the lengths behind a message that cannot be parsed do not lead exactly to the end of the file, they cannot be
 *       trusted any more: nothing from that message on is published.
 *   <li>A truncated file is detected unless it was cut exactly between two messages.
 *   <li>The layout has no checksum. A flipped bit in a number or in a text results in another number or text; in a
 *       length or a tag it can result in another valid message. Zero bytes are empty messages.
 * </ul>
 *
 * <p>A file whose descriptor set is missing or cannot be used is reported once and tried again at every scan, so the
 * set may come later.
 *
 * <p>The keys that all file connectors share are described in {@code io.kurier.plugins.files}.
 */
@NullMarked
package io.kurier.plugins.protobuf;

import org.jspecify.annotations.NullMarked;
