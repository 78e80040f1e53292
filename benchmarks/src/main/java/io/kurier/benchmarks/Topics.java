// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import io.kurier.broker.ClusterAdmin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Topics with the same configuration, and the number of records in them: the count that no client can get wrong. */
public final class Topics implements StoredRecords, AutoCloseable {
    private static final String RETENTION = "retention.bytes";
    private static final String LITTLE = "33554432";
    private static final Map<String, String> CONFIG =
            Map.of(RETENTION, LITTLE, "segment.bytes", "33554432", "file.delete.delay.ms", "1000");

    private final ClusterAdmin admin;
    private final int partitions;

    /** Connects to the broker, for topics with three partitions. */
    public Topics(String bootstrap) {
        this(bootstrap, 3);
    }

    /** Connects to the broker, for topics with the given number of partitions. */
    public Topics(String bootstrap, int partitions) {
        this.partitions = partitions;
        admin = ClusterAdmin.connect(Map.of("bootstrap.servers", bootstrap));
    }

    /** Creates topics with little retention, and waits until all their partitions can be written to. */
    public void create(Collection<String> names) {
        admin.createTopics(names.stream()
                .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(CONFIG))
                .toList());
    }

    /**
     * Creates topics of which each partition has one replica, and waits until all of them can be written to.
     *
     * @param replicas the node ids by partition
     */
    public void create(Collection<String> names, Map<Integer, List<Integer>> replicas) {
        admin.createTopics(names.stream()
                .map(name -> new NewTopic(name, replicas).configs(CONFIG))
                .toList());
    }

    /** Returns how many records were ever stored in the topic: the sum of its partitions' end offsets. */
    @Override
    public long of(String topic) {
        return ends(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the end offset of each partition, markers of transactions and open ones included. */
    public Map<TopicPartition, Long> ends(String topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        await(admin.kafka().listOffsets(latest).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Stops, or starts again, the deletion of old records, which changes {@link #bytes}. */
    public void keepAll(String topic, boolean all) {
        admin.alterTopic(topic, Map.of(RETENTION, all ? "-1" : LITTLE));
    }

    /** Returns the size of the topic's log on the disks of all brokers, in bytes, without its indexes. */
    public long bytes(String topic) {
        List<Integer> brokers = await(admin.kafka().describeCluster().nodes()).stream()
                .map(Node::id)
                .toList();
        return await(admin.kafka().describeLogDirs(brokers).allDescriptions()).values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not do what it was asked: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
