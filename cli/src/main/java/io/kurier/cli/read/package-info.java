// SPDX-License-Identifier: Apache-2.0
/**
 * {@code kurier read}: the records of a topic, for people and for programs.
 *
 * <p>{@link io.kurier.cli.read.TopicReader} reads a topic from a {@link io.kurier.cli.read.StartPosition} on, without a
 * consumer group. {@link io.kurier.cli.read.RecordPrinter} decodes each record and prints it as a line, by one of two
 * forms of {@code RecordLines}; chunks of blobs it assembles first.
 */
@NullMarked
package io.kurier.cli.read;

import org.jspecify.annotations.NullMarked;
