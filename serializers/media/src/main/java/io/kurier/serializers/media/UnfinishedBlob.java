// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.util.UUID;

/**
 * A larger blob whose manifest has not been read yet.
 *
 * @param id the act of publishing
 * @param topic the topic that it is read from
 * @param partition the partition
 * @param firstOffset the offset of its first chunk
 * @param chunks the number of chunks that have been read
 * @param bytes the number of their bytes
 */
public record UnfinishedBlob(UUID id, String topic, int partition, long firstOffset, long chunks, long bytes) {}
