// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.contact.StartAdmin;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Asks the cluster itself whether a partition exists, for a producer that blocks: the producer's own metadata may be
 * minutes old, and can be renewed only by a record that would block for the partition.
 */
final class MissingPartition {
    private static final long BETWEEN_LOOKS_NANOS = 50_000_000;

    private MissingPartition() {}

    /**
     * Searches for at least {@link PartitionCounts#SETTLING}, since the responding broker may not know partitions yet
     * that were just created.
     *
     * @return false if the partition exists
     * @throws KafkaException if no broker responds in time, or Kafka refuses the request
     */
    static boolean isCertain(PublisherConfig config, String topic, int partition) {
        try (StartAdmin admin = new StartAdmin(config)) {
            long end = System.nanoTime() + PartitionCounts.SETTLING.toNanos();
            while (true) {
                boolean isLast = System.nanoTime() - end >= 0;
                if (partition < count(admin, topic)) {
                    return false;
                }
                if (isLast) {
                    return true;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafkas ? kafkas : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private static int count(StartAdmin admin, String topic) throws ExecutionException, InterruptedException {
        DescribeTopicsOptions atOnce =
                new DescribeTopicsOptions().timeoutMs((int) ConnectionDiagnosis.ANSWER.toMillis());
        return admin.client()
                .describeTopics(List.of(topic), atOnce)
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
    }
}
