// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of all formats at once: hostile records in each framing, fuzz targets, and the serdes in Kafka Streams.
 *
 * <p>{@link io.kurier.formats.Reading} has the readers and the values of each format, {@link
 * io.kurier.formats.FramingChoice} the framings.
 */
@NullMarked
package io.kurier.formats;

import org.jspecify.annotations.NullMarked;
