// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.search;

import io.kurier.DeliveryHandle;
import io.kurier.Receipt;
import io.kurier.RecordId;
import io.kurier.Resolution;
import io.kurier.core.internal.config.PublisherConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/** A search for one message in its partition. Used by one thread, once. */
final class LogSearch {
    private static final Duration POLL = Duration.ofMillis(100);

    private final PublisherConfig config;
    private final DeliveryHandle handle;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long deadline;

    /**
     * Makes a search.
     *
     * @param consumer a consumer with {@code read_committed} if the handle is a transaction's, otherwise one that reads
     *     all records; the caller closes it
     * @param deadline a time of {@link System#nanoTime} after which it reads no further
     */
    LogSearch(PublisherConfig config, DeliveryHandle handle, Consumer<byte[], byte[]> consumer, long deadline) {
        this.config = config;
        this.handle = handle;
        this.consumer = consumer;
        this.partition = new TopicPartition(handle.topic(), handle.partition());
        this.deadline = deadline;
    }

    /**
     * Reads from the offset after which the message must be.
     *
     * @param cannotArrive whether a message that is not in the log by now can never be appended; known before the
     *     reading begins
     * @throws KafkaException if the topic cannot be read
     */
    Resolution resolve(boolean cannotArrive) {
        consumer.assign(List.of(partition));
        boolean transaction = handle.recordIds().isEmpty();
        long from = transaction ? handle.offset() : handle.offset() + 1;
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(from, begin));
        Resolution found = transaction ? transaction() : ids(cannotArrive);
        if (!(found instanceof Resolution.NotStored)) {
            return found;
        }
        if (begin > from) {
            return new Resolution.NotSettled("what was in the partition before offset " + begin
                    + " has been deleted, and it may have been there");
        }
        return isCompacted()
                ? new Resolution.NotSettled("the topic is compacted: it may have been there, and a later record of its"
                        + " key have taken its place")
                : found;
    }

    /**
     * Searches for a transaction. All of its records share its end, and the position of this one was acknowledged
     * before.
     */
    private Resolution transaction() {
        while (System.nanoTime() - deadline < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                return record.offset() == handle.offset()
                        ? new Resolution.Stored(receipt(record, 1, Math.max(0, record.serializedValueSize())))
                        : new Resolution.NotStored();
            }
            if (consumer.position(partition) > handle.offset()) {
                return new Resolution.NotStored();
            }
        }
        return new Resolution.NotSettled(
                "the transaction is open still, or its topic is not available: ask again later");
    }

    /**
     * Searches for a message by its ids. It is stored if all of its records are, in the order in which they were sent.
     */
    private Resolution ids(boolean cannotArrive) {
        List<UUID> inOrder = handle.recordIds();
        Set<UUID> wanted = new HashSet<>(inOrder);
        Map<UUID, Long> found = new HashMap<>();
        long bytes = 0;
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (end <= handle.offset()) {
            return new Resolution.NotSettled("the log ends at offset " + end + ", and had a record at "
                    + handle.offset() + " before: it was cut since, or its leader has only just been elected");
        }
        while (consumer.position(partition) < end) {
            if (System.nanoTime() - deadline > 0) {
                return new Resolution.NotSettled("not all that has come into the partition since could be read in "
                        + config.resolveTimeout().toMillis() + " ms, up to offset " + consumer.position(partition)
                        + " of " + end
                        + ": raise resolve.timeout.ms");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                UUID id = RecordId.of(record.headers()).orElse(null);
                if (id == null || !wanted.contains(id) || found.putIfAbsent(id, record.offset()) != null) {
                    continue;
                }
                bytes += Math.max(0, record.serializedValueSize());
                if (found.size() == wanted.size()) {
                    return isInOrder(inOrder, found)
                            ? new Resolution.Stored(receipt(record, wanted.size(), bytes))
                            : new Resolution.NotSettled(
                                    "all records of the value are in the log, and not in the order in"
                                            + " which they were sent: readers of its format may make no value of them");
                }
            }
        }
        return cannotArrive
                ? new Resolution.NotStored()
                : new Resolution.NotSettled("it is not in the log now and may still arrive: ask again after a later"
                        + " message of the same publisher to the same partition was acknowledged");
    }

    private static boolean isInOrder(List<UUID> inOrder, Map<UUID, Long> found) {
        long before = -1;
        for (UUID id : inOrder) {
            long offset = found.getOrDefault(id, -1L);
            if (offset <= before) {
                return false;
            }
            before = offset;
        }
        return true;
    }

    private static Receipt receipt(ConsumerRecord<byte[], byte[]> record, int records, long bytes) {
        return new Receipt(record.topic(), record.partition(), record.offset(), record.timestamp(), records, bytes);
    }

    /** Whether a record can be removed from the middle of the log. */
    private boolean isCompacted() {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, handle.topic());
        try (Admin admin = Admin.create(new HashMap<>(config.connection()))) {
            return admin.describeConfigs(List.of(topic)).all().get().values().stream()
                    .map(configs -> configs.get(TopicConfig.CLEANUP_POLICY_CONFIG))
                    .anyMatch(policy -> policy == null || policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafkas ? kafkas : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
