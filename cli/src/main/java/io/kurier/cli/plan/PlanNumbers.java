// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The numbers of a plan for programs: bytes are whole, other numbers have four decimals at most. */
final class PlanNumbers {
    private static final double FOUR_DECIMALS = 1e4;

    private PlanNumbers() {}

    static Map<String, Object> of(CapacityPlan plan) {
        Load load = plan.load();
        Traffic traffic = plan.traffic();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("recordsPerSecond", decimal(plan.recordsPerSecond()));
        numbers.put("recordBytes", decimal(plan.recordBytes()));
        numbers.put("compression", plan.codec().toString());
        numbers.put("compressionRatio", decimal(plan.compressionRatio()));
        numbers.put("requestsBy", traffic.trigger().name().toLowerCase(Locale.ROOT));
        numbers.put("recordsPerBatch", decimal(traffic.recordsPerBatch()));
        numbers.put("batchBytes", decimal(traffic.batchBytes()));
        numbers.put("batchesPerSecond", decimal(plan.batchesPerSecond()));
        numbers.put("batchesPerRequest", decimal(traffic.batchesPerRequest()));
        numbers.put("requestsPerSecond", decimal(plan.requestsPerSecond()));
        numbers.put("wireBytesPerSecond", whole(plan.wireBytesPerSecond()));
        numbers.put("responseBytesPerSecond", whole(plan.responseBytesPerSecond()));
        numbers.put("storedBytesPerSecond", whole(plan.storedBytesPerSecond()));
        numbers.put("replicationBytesPerSecond", whole(plan.replicationBytesPerSecond()));
        numbers.put("brokerInBytesPerSecond", whole(plan.brokerInBytesPerSecond()));
        numbers.put("brokerOutBytesPerSecond", whole(plan.brokerOutBytesPerSecond()));
        numbers.put("diskBytesPerDay", whole(plan.diskBytesPerDay()));
        numbers.put("diskBytes", whole(plan.diskBytes()));
        numbers.put("clusterDiskBytes", whole(plan.clusterDiskBytes()));
        numbers.put("partitions", plan.partitions());
        numbers.put("brokers", load.brokers());
        numbers.put("replicas", load.replicas());
        numbers.put("publishers", load.publishers());
        numbers.put("connections", plan.connections());
        numbers.put("producerMemoryBytes", whole(plan.producerMemoryBytes()));
        numbers.put("bufferUsedBytes", whole(plan.bufferUsedBytes()));
        numbers.put("bufferSeconds", decimal(plan.bufferSeconds()));
        numbers.put("publisherCeilingBytesPerSecond", whole(traffic.ceiling()));
        return numbers;
    }

    private static double decimal(double number) {
        return Math.round(number * FOUR_DECIMALS) / FOUR_DECIMALS;
    }

    private static long whole(double bytes) {
        return Math.round(bytes);
    }
}
