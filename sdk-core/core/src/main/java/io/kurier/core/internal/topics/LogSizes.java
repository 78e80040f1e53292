// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.core.internal.errors.ThrowableText;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeLogDirsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sizes of topics on the disks of brokers, as far as the brokers report them. Immutable. */
final class LogSizes {
    private static final Logger LOG = LoggerFactory.getLogger(LogSizes.class);

    private final Map<String, Long> bytes = new HashMap<>();
    private final Map<String, Integer> replicas = new HashMap<>();

    private LogSizes() {}

    /** Requests the sizes from brokers, for {@link #await}. */
    static Collection<KafkaFuture<Map<String, LogDirDescription>>> request(
            Admin admin, Collection<Node> brokers, int timeoutMs) {
        return admin.describeLogDirs(
                        brokers.stream().map(Node::id).toList(), new DescribeLogDirsOptions().timeoutMs(timeoutMs))
                .descriptions()
                .values();
    }

    /** Awaits the sizes. A broker that refuses the request, or does not respond, reports none. */
    static LogSizes await(Collection<KafkaFuture<Map<String, LogDirDescription>>> requested)
            throws InterruptedException {
        LogSizes sizes = new LogSizes();
        for (KafkaFuture<Map<String, LogDirDescription>> broker : requested) {
            try {
                broker.get().values().forEach(sizes::add);
            } catch (ExecutionException e) {
                LOG.debug("A broker does not report the sizes of its logs: {}", ThrowableText.of(e));
            }
        }
        return sizes;
    }

    private void add(LogDirDescription folder) {
        folder.replicaInfos().forEach((partition, replica) -> {
            bytes.merge(partition.topic(), replica.size(), Long::sum);
            if (!replica.isFuture()) { // the copy of a replica that moves to another folder takes space as well
                replicas.merge(partition.topic(), 1, Integer::sum);
            }
        });
    }

    /** Returns the bytes of all replicas of a topic; null if the size of one is not known. */
    @Nullable
    Long of(TopicDescription topic) {
        int expected = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .sum();
        return replicas.getOrDefault(topic.name(), 0) < expected ? null : bytes.getOrDefault(topic.name(), 0L);
    }
}
