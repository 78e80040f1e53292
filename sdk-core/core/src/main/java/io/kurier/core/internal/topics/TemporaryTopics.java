// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.internal.errors.ThrowableText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What a command needs that publishes to a topic of its own: the settings of the topic that its own is to be like, and
 * the deletion. The topic is created by the start of a publisher that declares it.
 */
public final class TemporaryTopics {
    private static final Duration LIMIT = Duration.ofSeconds(6);

    /** Less than the time that a shutdown gives a command. */
    private static final Duration DELETION = Duration.ofSeconds(4);

    private TemporaryTopics() {}

    /**
     * Returns the settings of a topic.
     *
     * @param topic its physical name
     * @param configs the names of the configs to read
     * @throws StartException if no broker responds, there is no such topic, or the principal may not read its settings;
     *     or if the thread is interrupted, whose interrupt flag is then still set
     */
    public static TopicSettings settings(PublisherConfig config, String topic, Set<String> configs) {
        try (StartAdmin admin = new StartAdmin(config)) {
            new TopicAdmin(config, admin).anyBroker();
            KafkaFuture<TopicDescription> described = Objects.requireNonNull(admin.client()
                    .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs((int) LIMIT.toMillis()))
                    .topicNameValues()
                    .get(topic));
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            KafkaFuture<Config> configured = Objects.requireNonNull(admin.client()
                    .describeConfigs(List.of(resource), new DescribeConfigsOptions().timeoutMs((int) LIMIT.toMillis()))
                    .values()
                    .get(resource));
            TopicDescription description = described.get();
            Map<String, String> values = new TreeMap<>();
            configured.get().entries().stream()
                    .filter(entry -> configs.contains(entry.name()) && entry.value() != null)
                    .forEach(entry -> values.put(entry.name(), entry.value()));
            return new TopicSettings(
                    description.partitions().size(),
                    description.partitions().get(0).replicas().size(),
                    values);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(config.secrets().hide(why(Printable.of(topic), cause)), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while reading the settings of the topic " + Printable.of(topic), e);
        }
    }

    private static String why(String topic, Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "there is no topic " + topic
                    + ", or the principal may not see it. Check the name, or grant DESCRIBE.";
        }
        if (cause instanceof AuthorizationException) {
            return "the principal may not read the settings of the topic " + topic
                    + ". Grant DESCRIBE and DESCRIBE_CONFIGS on it.";
        }
        return "the settings of the topic " + topic + " cannot be read: " + ThrowableText.reason(cause);
    }

    /**
     * Deletes a topic, and waits at most some four seconds for that. A topic that does not exist is deleted already.
     *
     * @return why it could not be deleted, without secrets; empty if it is deleted
     * @throws InterruptedException if the thread is interrupted; it is then not known whether the topic is deleted
     */
    public static Optional<String> delete(PublisherConfig config, String topic) throws InterruptedException {
        try (StartAdmin admin = new StartAdmin(config)) {
            admin.client()
                    .deleteTopics(List.of(topic), new DeleteTopicsOptions().timeoutMs((int) DELETION.toMillis()))
                    .all()
                    .get(DELETION.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof UnknownTopicOrPartitionException
                    ? Optional.empty()
                    : Optional.of(config.secrets().hide(ThrowableText.reason(cause)));
        } catch (TimeoutException e) {
            return Optional.of("no broker responded within " + DELETION.toSeconds() + " s");
        }
    }
}
