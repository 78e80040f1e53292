// SPDX-License-Identifier: Apache-2.0
/**
 * {@code kurier publish}: lines or files become records of a topic.
 *
 * <p>{@link io.kurier.cli.publish.Publication} reads the inputs one after the other and publishes each line by a {@code
 * MessageSender}, which bounds the messages without an outcome, so that no input is held in memory. {@link
 * io.kurier.cli.publish.LineFormat} makes the message of a line: {@link io.kurier.cli.publish.ValueFormat} its value,
 * by the serializer that writes it.
 */
@NullMarked
package io.kurier.cli.publish;

import org.jspecify.annotations.NullMarked;
