// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.top;

import org.jspecify.annotations.Nullable;

/**
 * A topic with its rates between two samples.
 *
 * @param counts the counts of the later sample
 * @param recordsPerSecond the stored messages or records; null if that is not known
 * @param bytesPerSecond their bytes; null if that is not known
 */
public record TopRow(
        TopSample.TopicCounts counts,
        @Nullable Double recordsPerSecond,
        @Nullable Double bytesPerSecond) {}
