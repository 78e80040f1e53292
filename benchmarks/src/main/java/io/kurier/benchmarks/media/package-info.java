// SPDX-License-Identifier: Apache-2.0
/**
 * One large file as a blob, and small pictures, beside a producer and a consumer of plain bytes.
 *
 * <p>{@link io.kurier.benchmarks.media.MediaBenchmark} takes the turns. Each is a {@link
 * io.kurier.benchmarks.media.ChildJvm} of its own that runs {@link io.kurier.benchmarks.media.MediaTurn} with a small
 * heap and reports one {@link io.kurier.benchmarks.media.Measurement}; {@link io.kurier.benchmarks.media.MediaReport}
 * prints them.
 */
@NullMarked
package io.kurier.benchmarks.media;

import org.jspecify.annotations.NullMarked;
