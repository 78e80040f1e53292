// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kurier.cli.plan.Traffic.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final double ROUND_TRIP = 0.002;
    private static final double LINGER = 0.005;

    @Test
    void sendsEachRecordAtOnceWithoutLinger() {
        Traffic traffic = traffic(100, 100, 0, 3, false);
        assertThat(traffic.trigger()).isEqualTo(Trigger.RECORD);
        assertThat(traffic.recordsPerBatch()).isEqualTo(1.0);
        assertThat(traffic.requestsPerSecond()).isCloseTo(100, within(1e-6));
    }

    @Test
    void sendsEachRecordThatFillsABatchAtOnce() {
        Traffic traffic = traffic(10, 200_000, LINGER, 3, true);
        assertThat(traffic.trigger()).isEqualTo(Trigger.RECORD);
        assertThat(traffic.requestsPerSecond()).isCloseTo(10, within(1e-6));
        assertThat(traffic.recordsPerBatch()).isEqualTo(1.0);
    }

    @Test
    void collectsRecordsForTheLinger() {
        Traffic traffic = traffic(1_000, 100, LINGER, 3, false);
        assertThat(traffic.trigger()).isEqualTo(Trigger.LINGER);
        assertThat(traffic.recordsPerBatch()).isCloseTo(6.3, within(1e-6));
        assertThat(traffic.requestsPerSecond()).isCloseTo(1_000 / 6.3, within(1e-6));
    }

    @Test
    void hasWholeNumbersOfRecordsInABatchIfTheyArriveEvenly() {
        for (int rate : new int[] {10, 100, 180, 200, 1_000}) {
            Traffic traffic = Traffic.of(rate, sizes(100), settings(LINGER, 10_000_000), 3, 3, false, true, ROUND_TRIP);
            assertThat(traffic.recordsPerBatch())
                    .as("%d records/s", rate)
                    .isCloseTo(1 + Math.floor(rate * (LINGER + Traffic.WAKE_UP)), within(1e-6));
            assertThat(traffic.batchesPerSecond() * traffic.recordsPerBatch()).isCloseTo(rate, within(1e-6));
        }
    }

    @Test
    void sendsFullBatchesBeforeTheLinger() {
        Traffic traffic = traffic(20_000, 1_000, LINGER, 3, false);
        assertThat(traffic.trigger()).isEqualTo(Trigger.SIZE);
        assertThat(traffic.recordsPerBatch()).isEqualTo((100_000 - 61) / 1_009);
        assertThat(traffic.batchBytes()).isBetween(90_000.0, 100_000.0);
    }

    @Test
    void waitsForAResponseIfTooManyRequestsAreInFlight() {
        Traffic traffic = traffic(10_000, 100, 0, 3, false);
        assertThat(traffic.trigger()).isEqualTo(Trigger.IN_FLIGHT);
        assertThat(traffic.requestsPerSecond()).isCloseTo(5 / ROUND_TRIP, within(1e-6));
        assertThat(traffic.recordsPerBatch()).isCloseTo(4, within(1e-6));
    }

    @Test
    void collectsThePartitionsOfABrokerInARequestIfRecordsHaveKeys() {
        Traffic traffic = traffic(3_000, 100, LINGER, 12, true);
        assertThat(traffic.streams()).isEqualTo(3);
        assertThat(traffic.requestsPerSecond()).isCloseTo(3 / (LINGER + Traffic.WAKE_UP + 0.001), within(1e-6));
        double batches = 4 * (1 - Math.pow(0.75, 6.3));
        assertThat(traffic.batchesPerRequest()).isCloseTo(batches, within(1e-6));
        assertThat(traffic.recordsPerBatch()).isCloseTo(6.3 / batches, within(1e-6));
    }

    @Test
    void dividesARequestThatWouldBeTooLarge() {
        Traffic traffic = traffic(30_000, 1_000, 0.1, 30, true);
        assertThat(traffic.requestsPerPeriod()).isEqualTo(1);
        Traffic divided = Traffic.of(30_000, sizes(1_000), settings(0.1, 300_000), 30, 3, true, false, ROUND_TRIP);
        assertThat(divided.batchesPerRequest()).isLessThan(4);
        assertThat(divided.requestsPerPeriod()).isGreaterThan(2);
        assertThat(divided.batchesPerSecond()).isCloseTo(traffic.batchesPerSecond(), within(1e-6));
    }

    private static Traffic traffic(double rate, int valueBytes, double linger, int partitions, boolean isKeyed) {
        return Traffic.of(
                rate, sizes(valueBytes), settings(linger, 10_000_000), partitions, 3, isKeyed, false, ROUND_TRIP);
    }

    private static ProducerSettings settings(double linger, int maxRequestSize) {
        return new ProducerSettings(100_000, linger, Codec.NONE, 0, 32_000_000, maxRequestSize, 5, 4);
    }

    private static BatchSizes sizes(int valueBytes) {
        return new BatchSizes(List.of(RecordFormat.content(null, new byte[valueBytes], List.of())), Codec.NONE, 0, 0);
    }
}
