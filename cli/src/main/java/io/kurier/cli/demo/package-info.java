// SPDX-License-Identifier: Apache-2.0
/**
 * {@code kurier demo}: files to topics and back, verified.
 *
 * <p>{@link io.kurier.cli.demo.Demo} runs one source connector for each format through one publisher. {@link
 * io.kurier.cli.demo.FormatMonitor} stores the hash of every value with the position in its receipt; {@link
 * io.kurier.cli.demo.ReadBack} then reads the topics from their previous ends, and each record must have the hash of
 * its position. A record that is missing, additional, at another position or has another value is reported.
 */
@NullMarked
package io.kurier.cli.demo;

import org.jspecify.annotations.NullMarked;
