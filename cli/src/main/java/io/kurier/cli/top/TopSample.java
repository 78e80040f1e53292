// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.top;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The numbers at one moment. Null is a number that the source does not have.
 *
 * @param nanos when they were read, by {@link System#nanoTime}
 * @param topics the topics, in the order in which they are shown
 * @param buffers the buffers of producers
 * @param notes sentences about what is missing
 */
public record TopSample(long nanos, List<TopicCounts> topics, List<Buffer> buffers, List<String> notes) {

    /** Makes the lists immutable. */
    public TopSample {
        topics = List.copyOf(topics);
        buffers = List.copyOf(buffers);
        notes = List.copyOf(notes);
    }

    /**
     * The counts of a topic since a publisher has started, or since the topic exists.
     *
     * @param topic the physical name
     * @param publisher the {@code client-id} of the publisher's metrics; null for those of a cluster
     * @param records the stored messages of a publisher, or the records of a topic
     * @param bytes the bytes of stored values of a publisher, or those on the disks of leaders
     * @param ackMillisP50 the median of the time to an acknowledgment in milliseconds
     * @param ackMillisP99 its 99th percentile
     * @param inFlight messages whose outcome is open
     * @param rejected messages that were refused before any byte was sent
     * @param notStored messages that are certainly not stored
     * @param unknown messages that may or may not be stored
     */
    public record TopicCounts(
            String topic,
            @Nullable String publisher,
            @Nullable Double records,
            @Nullable Double bytes,
            @Nullable Double ackMillisP50,
            @Nullable Double ackMillisP99,
            @Nullable Long inFlight,
            @Nullable Long rejected,
            @Nullable Long notStored,
            @Nullable Long unknown) {

        /** Returns whether both are about the same topic of the same publisher. */
        boolean isSameAs(TopicCounts other) {
            return topic.equals(other.topic) && Objects.equals(publisher, other.publisher);
        }
    }

    /**
     * The buffer of a producer, where records wait to be sent.
     *
     * @param producer the {@code client-id} of the producer
     * @param availableBytes the bytes that are free
     * @param totalBytes its size
     */
    public record Buffer(String producer, long availableBytes, long totalBytes) {}
}
