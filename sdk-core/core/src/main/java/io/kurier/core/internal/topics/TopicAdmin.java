// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.internal.errors.ThrowableText;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of the start to the cluster, with time limits. Each method is one round trip whatever the number of
 * topics. If the cluster refuses a request for one topic, that is a result; if it does not respond, a
 * {@link StartException} is thrown.
 */
final class TopicAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);

    /**
     * How long the ends of partitions are requested before the topics are checked again: the admin client itself
     * repeats the request for a topic that does not exist.
     */
    private static final Duration ENDS = Duration.ofSeconds(5);

    /** How long a start waits for a result of which it would only warn. */
    private static final Duration COURTESY = Duration.ofSeconds(2);

    private static final String AUTO_CREATE = "auto.create.topics.enable";

    private final PublisherConfig config;
    private final Admin admin;

    /**
     * Uses the client of the start.
     *
     * @throws StartException if Kafka refuses its configuration
     */
    TopicAdmin(PublisherConfig config, StartAdmin start) {
        this.config = config;
        try {
            this.admin = start.client();
        } catch (KafkaException e) {
            throw ConnectionDiagnosis.notMade(config, config.bootstrap() + ": cannot connect", e);
        }
    }

    /**
     * Returns the id of any broker of the cluster.
     *
     * @throws StartException if no broker responds within six seconds, or one rejects the client's log-in
     */
    String anyBroker() {
        try {
            DescribeClusterOptions atOnce =
                    new DescribeClusterOptions().timeoutMs((int) ConnectionDiagnosis.ANSWER.toMillis());
            return ConnectionDiagnosis.await(
                            config, admin.describeCluster(atOnce).nodes())
                    .iterator()
                    .next()
                    .idString();
        } catch (ExecutionException e) {
            throw refused("describe the cluster", e);
        } catch (InterruptedException e) {
            throw interrupted("describe the cluster", e);
        }
    }

    /** Starts a request whether a broker creates topics that a client names, while other requests are made. */
    KafkaFuture<Boolean> createsTopicsByItself(String broker) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker);
        DescribeConfigsOptions options = new DescribeConfigsOptions().timeoutMs((int) COURTESY.toMillis());
        return admin.describeConfigs(List.of(resource), options)
                .all()
                .thenApply(configs -> configs.values().stream().anyMatch(TopicAdmin::autoCreates));
    }

    private static boolean autoCreates(Config broker) {
        ConfigEntry entry = broker.get(AUTO_CREATE);
        return entry != null && Boolean.parseBoolean(entry.value());
    }

    /** The requests that describe topics, and the configs of those that declare some. */
    record Descriptions(
            Map<String, KafkaFuture<TopicDescription>> topics, Map<ConfigResource, KafkaFuture<Config>> configs) {}

    /** Starts the requests that describe topics, for {@link #snapshot}. */
    Descriptions describe(Collection<TopicConfig> topics) {
        Set<String> withConfigs = topics.stream()
                .filter(topic -> !topic.configs().isEmpty())
                .map(TopicConfig::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<ConfigResource, KafkaFuture<Config>> configFutures = admin.describeConfigs(withConfigs.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .values();
        Map<String, KafkaFuture<TopicDescription>> topicFutures = admin.describeTopics(
                        topics.stream().map(TopicConfig::name).toList())
                .topicNameValues();
        return new Descriptions(topicFutures, configFutures);
    }

    /** Awaits the descriptions of topics. */
    TopicSnapshot snapshot(Descriptions asked) {
        TopicSnapshot snapshot = new TopicSnapshot(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        asked.topics()
                .forEach((name, future) -> answer(future, AdminOperation.DESCRIBE, name, snapshot.topicErrors())
                        .ifPresent(description -> snapshot.topics().put(name, description)));
        asked.configs().forEach((resource, future) -> {
            String name = resource.name();
            if (snapshot.topics().containsKey(name)) {
                answer(future, AdminOperation.READ_CONFIGS, name, snapshot.topicErrors())
                        .ifPresent(entries -> snapshot.configs().put(name, byName(entries)));
                if (!snapshot.configs().containsKey(name)
                        && !snapshot.topicErrors().containsKey(name)) {
                    snapshot.topics().remove(name); // another broker has responded, which does not know the topic
                }
            }
        });
        return snapshot;
    }

    private static Map<String, ConfigEntry> byName(Config entries) {
        return entries.entries().stream()
                .collect(Collectors.toMap(ConfigEntry::name, entry -> entry, (one, other) -> one, TreeMap::new));
    }

    /**
     * Creates topics; it is not an error if another client has created one meanwhile.
     *
     * @param validateOnly whether to change nothing and only check what the cluster would refuse
     * @return the refused requests, by name
     */
    Map<String, TopicError> create(Collection<TopicConfig> topics, boolean validateOnly) {
        Map<String, TopicError> topicErrors = new TreeMap<>();
        List<NewTopic> created = topics.stream()
                .map(topic -> new NewTopic(
                                topic.name(),
                                Optional.ofNullable(topic.partitions()),
                                Optional.ofNullable(topic.replicationFactor()))
                        .configs(topic.configs()))
                .toList();
        admin.createTopics(created, new CreateTopicsOptions().validateOnly(validateOnly))
                .values()
                .forEach((name, future) -> answer(future, AdminOperation.CREATE, name, topicErrors));
        return topicErrors;
    }

    /** Raises the numbers of partitions of topics to the declared ones; see {@link #create}. */
    Map<String, TopicError> increase(Collection<TopicConfig> topics, boolean validateOnly) {
        Map<String, TopicError> topicErrors = new TreeMap<>();
        Map<String, NewPartitions> raised = new TreeMap<>();
        for (TopicConfig topic : topics) {
            if (topic.partitions() != null) {
                raised.put(topic.name(), NewPartitions.increaseTo(topic.partitions()));
            }
        }
        admin.createPartitions(raised, new CreatePartitionsOptions().validateOnly(validateOnly))
                .values()
                .forEach((name, future) -> answer(future, AdminOperation.INCREASE, name, topicErrors));
        return topicErrors;
    }

    /** Returns the end offset of each partition; a partition is missing if it has no leader yet that responds. */
    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        ListOffsetsResult answers = admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs((int) ENDS.toMillis()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            endOffset(answers, partition).ifPresent(end -> ends.put(partition, end));
        }
        return ends;
    }

    /** Returns the name of a partition for errors, such as {@code orders-3}. */
    String shown(TopicPartition partition) {
        return config.shownName(partition.topic()) + "-" + partition.partition();
    }

    private Optional<Long> endOffset(ListOffsetsResult answers, TopicPartition partition) {
        try {
            return Optional.of(await(answers.partitionResult(partition), "tell the end of " + shown(partition))
                    .offset());
        } catch (StartException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException || e.getCause() instanceof TimeoutException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns the result for a topic, or none if it was refused or another client was quicker. */
    private <T> Optional<T> answer(
            KafkaFuture<T> future, AdminOperation request, String topic, Map<String, TopicError> topicErrors) {
        try {
            return Optional.ofNullable(await(future, TopicErrorMessages.verb(request) + config.shownName(topic)));
        } catch (StartException e) {
            Throwable cause = e.getCause();
            if (isOvertaken(request, cause)) {
                return Optional.empty();
            }
            // What can be tried again has been, until its time was over; a failed log-in is no topic's own error.
            if (!(cause instanceof ApiException)
                    || cause instanceof RetriableException
                    || cause instanceof AuthenticationException) {
                throw e;
            }
            topicErrors.put(topic, new TopicError(request, cause));
            return Optional.empty();
        }
    }

    /** Whether the topic is deleted, already exists, or is already large enough; the next check shows which. */
    private static boolean isOvertaken(AdminOperation request, @Nullable Throwable cause) {
        return cause instanceof UnknownTopicOrPartitionException
                || cause instanceof TopicExistsException
                || (request == AdminOperation.INCREASE && cause instanceof InvalidPartitionsException);
    }

    /** Returns the result, or empty if it did not come in time or was refused; only an interrupt is an error. */
    <T> Optional<T> courtesy(KafkaFuture<T> future) {
        try {
            return Optional.of(await(future, "answer"));
        } catch (StartException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw e;
            }
            LOG.debug("Not known whether the brokers create topics by themselves: {}", ThrowableText.reason(e));
            return Optional.empty();
        }
    }

    private <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(StartAdmin.CALL.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw refused(what, e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new StartException(shown() + " did not " + what + " in time", e);
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    private StartException refused(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof AuthenticationException failure) {
            return ConnectionDiagnosis.notLetIn(config, failure);
        }
        String reason = config.secrets().hide(ThrowableText.reason(cause));
        return new StartException(shown() + " did not " + what + ": " + reason, cause);
    }

    private StartException interrupted(String what, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartException("interrupted while waiting for " + shown() + " to " + what, e);
    }

    private String shown() {
        return "the cluster at " + config.bootstrap().shown();
    }
}
