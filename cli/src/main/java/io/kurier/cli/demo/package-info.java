// SPDX-License-Identifier: Apache-2.0
/**
 * {@code kurier demo}: files to topics and back, verified.
 *
 * <p>{@link io.kurier.cli.demo.Demo} runs one source connector a format through one publisher.
 * {@link io.kurier.cli.demo.FormatMonitor} writes down the fingerprint of every value beside the position that its receipt
 * names; {@link io.kurier.cli.demo.ReadBack} then reads the topics from where they ended before, and each record must
 * carry the fingerprint of its position. A record too few, too many, at another place or with another value is told.
 */
@NullMarked
package io.kurier.cli.demo;

import org.jspecify.annotations.NullMarked;
