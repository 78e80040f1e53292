// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a cluster, besides the records themselves.
 *
 * @param valuesPerSecond the values that all publishers publish in a second, more than 0
 * @param values how many values are stored in all, or null to plan for the retention
 * @param publishers the number of publishers that share the rate evenly, at least 1
 * @param isKeyed whether the records have keys
 * @param isEven whether the records of a publisher arrive at even times rather than at random ones
 * @param partitions the number of partitions of the topic, or null to choose it
 * @param partitionBytes the bytes a second that are meant for one partition, if their number is chosen
 * @param brokers the number of brokers, at least that of the replicas
 * @param replicas the replication factor, at least 1
 * @param retention how long records are kept
 * @param segmentBytes the topic's {@code segment.bytes}
 * @param roundTrip the time from a Produce request to its response
 */
public record Load(
        double valuesPerSecond,
        @Nullable Long values,
        int publishers,
        boolean isKeyed,
        boolean isEven,
        @Nullable Integer partitions,
        long partitionBytes,
        int brokers,
        int replicas,
        Duration retention,
        long segmentBytes,
        Duration roundTrip) {}
