// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.internal.errors.ThrowableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a command shows of topics that exist: all of a cluster, or the partitions of one. Changes nothing. */
public final class ClusterTopics {
    private static final int LIMIT_MS = (int) Duration.ofSeconds(20).toMillis();

    private ClusterTopics() {}

    /**
     * Returns the topics that the principal may see, in the order of their names.
     *
     * @param withInternal whether those are included that the cluster uses for itself
     * @throws StartException if no broker responds or one refuses the request; or if the thread is interrupted, whose
     *     interrupt flag is then still set
     */
    public static List<TopicSummary> list(PublisherConfig config, boolean withInternal) {
        try (StartAdmin start = new StartAdmin(config)) {
            new TopicAdmin(config, start).anyBroker();
            Admin admin = start.client();
            Collection<Node> brokers = admin.describeCluster(new DescribeClusterOptions().timeoutMs(LIMIT_MS))
                    .nodes()
                    .get();
            Collection<KafkaFuture<Map<String, LogDirDescription>>> requested =
                    LogSizes.request(admin, brokers, LIMIT_MS);
            Collection<String> names = admin.listTopics(
                            new ListTopicsOptions().listInternal(withInternal).timeoutMs(LIMIT_MS))
                    .names()
                    .get();
            Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                            names, new DescribeTopicsOptions().timeoutMs(LIMIT_MS))
                    .topicNameValues();
            LogSizes sizes = LogSizes.await(requested);
            List<TopicSummary> topics = new ArrayList<>();
            for (String name : new TreeSet<>(names)) {
                try {
                    topics.add(
                            summary(Objects.requireNonNull(described.get(name)).get(), sizes));
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) { // otherwise it is deleted by now
                        throw e;
                    }
                }
            }
            return topics;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(
                    config.secrets().hide("the topics cannot be listed: " + ThrowableText.reason(cause)), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while listing the topics", e);
        }
    }

    private static TopicSummary summary(TopicDescription topic, LogSizes sizes) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .max()
                .orElse(0);
        return new TopicSummary(topic.name(), topic.partitions().size(), replicas, sizes.of(topic), topic.isInternal());
    }

    /**
     * Returns the numbers of the partitions of a topic, in ascending order.
     *
     * @param topic its physical name
     * @throws StartException if no broker responds, or there is no such topic, or the principal may not see it; or if
     *     the thread is interrupted, whose interrupt flag is then still set
     */
    public static List<Integer> partitions(PublisherConfig config, String topic) {
        String shown = Printable.brief(topic);
        try (StartAdmin start = new StartAdmin(config)) {
            new TopicAdmin(config, start).anyBroker();
            KafkaFuture<TopicDescription> described = Objects.requireNonNull(start.client()
                    .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(LIMIT_MS))
                    .topicNameValues()
                    .get(topic));
            return described.get().partitions().stream()
                    .map(TopicPartitionInfo::partition)
                    .sorted()
                    .toList();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(config.secrets().hide(why(shown, cause)), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while reading the partitions of the topic " + shown, e);
        }
    }

    private static String why(String topic, Throwable cause) {
        return cause instanceof UnknownTopicOrPartitionException || cause instanceof AuthorizationException
                ? "there is no topic " + topic + ", or the principal may not see it. Check the name, or grant DESCRIBE."
                : "the partitions of the topic " + topic + " cannot be read: " + ThrowableText.reason(cause);
    }
}
