// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.ThrowableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeAclsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/** Requests what a cluster reports of itself; changes nothing. Used by one thread. */
public final class ClusterSurvey {
    /** A voter that has not fetched for so long, measured by the active controller, is behind. */
    public static final Duration BEHIND = Duration.ofSeconds(10);

    private static final int LIMIT_MS = (int) ConnectionDiagnosis.ANSWER.toMillis();

    /** No resource has this name: what counts is whether the request is possible, and not its result. */
    private static final String NO_TOPIC = "kurier-survey-of-acls";

    private final PublisherConfig config;
    private final Admin admin;

    /**
     * Uses a client.
     *
     * @throws StartException if Kafka refuses its configuration
     */
    public ClusterSurvey(PublisherConfig config, StartAdmin start) {
        this.config = config;
        try {
            this.admin = start.client();
        } catch (KafkaException e) {
            throw ConnectionDiagnosis.notMade(config, config.bootstrap() + ": cannot connect", e);
        }
    }

    /**
     * Returns the facts, each with a time limit of some six seconds.
     *
     * @throws StartException if no broker responds, with the reason, or one refuses the log-in
     */
    public ClusterFacts read() throws InterruptedException {
        DescribeClusterResult cluster = admin.describeCluster(new DescribeClusterOptions().timeoutMs(LIMIT_MS));
        Collection<Node> nodes;
        String id;
        try {
            nodes = ConnectionDiagnosis.await(config, cluster.nodes());
            id = cluster.clusterId().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(
                    config.secrets()
                            .hide("the cluster at " + config.bootstrap().shown() + " cannot be described: "
                                    + ThrowableText.reason(cause)),
                    cause);
        }
        KafkaFuture<FeatureMetadata> features = admin.describeFeatures(
                        new DescribeFeaturesOptions().timeoutMs(LIMIT_MS))
                .featureMetadata();
        KafkaFuture<QuorumInfo> quorum = admin.describeMetadataQuorum(
                        new DescribeMetadataQuorumOptions().timeoutMs(LIMIT_MS))
                .quorumInfo();
        KafkaFuture<Collection<AclBinding>> acls = admin.describeAcls(
                        new AclBindingFilter(
                                new ResourcePatternFilter(ResourceType.TOPIC, NO_TOPIC, PatternType.LITERAL),
                                AccessControlEntryFilter.ANY),
                        new DescribeAclsOptions().timeoutMs(LIMIT_MS))
                .values();
        List<ClusterFacts.Broker> brokers = brokers(nodes);
        return new ClusterFacts(
                String.valueOf(id),
                brokers,
                Answer.await(config, features).map(ClusterSurvey::features),
                Answer.await(config, quorum).map(ClusterSurvey::quorum),
                authorizer(Answer.await(config, acls)));
    }

    private List<ClusterFacts.Broker> brokers(Collection<Node> nodes) throws InterruptedException {
        Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(
                        nodes.stream().map(ClusterSurvey::resource).toList(),
                        new DescribeConfigsOptions().timeoutMs(LIMIT_MS))
                .values();
        List<ClusterFacts.Broker> brokers = new ArrayList<>();
        for (Node node : nodes.stream().sorted(Comparator.comparing(Node::id)).toList()) {
            KafkaFuture<Config> requested = Objects.requireNonNull(configs.get(resource(node)));
            brokers.add(new ClusterFacts.Broker(
                    node.id(),
                    new Address(node.host(), node.port()).toString(),
                    Answer.await(config, requested).map(ClusterSurvey::values)));
        }
        return brokers;
    }

    private static ConfigResource resource(Node node) {
        return new ConfigResource(ConfigResource.Type.BROKER, node.idString());
    }

    private static Map<String, String> values(Config broker) {
        Map<String, String> values = new HashMap<>();
        for (ConfigEntry entry : broker.entries()) {
            if (!entry.isSensitive() && entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        }
        return values;
    }

    private static ClusterFacts.Features features(FeatureMetadata metadata) {
        Map<String, Integer> finalized = new HashMap<>();
        Map<String, Integer> supported = new HashMap<>();
        metadata.finalizedFeatures().forEach((name, range) -> finalized.put(name, (int) range.maxVersionLevel()));
        metadata.supportedFeatures().forEach((name, range) -> supported.put(name, (int) range.maxVersion()));
        return new ClusterFacts.Features(finalized, supported);
    }

    private static ClusterFacts.Quorum quorum(QuorumInfo info) {
        long latest = info.voters().stream()
                .mapToLong(voter -> voter.lastFetchTimestamp().orElse(Long.MIN_VALUE))
                .max()
                .orElse(Long.MIN_VALUE);
        List<Integer> behind = info.voters().stream()
                .filter(voter -> voter.lastFetchTimestamp().orElse(latest) < latest - BEHIND.toMillis())
                .map(QuorumInfo.ReplicaState::replicaId)
                .sorted()
                .toList();
        return new ClusterFacts.Quorum(info.leaderId(), info.voters().size(), behind);
    }

    /** Only a cluster with an authorizer refuses the request for lack of rights, and only one without has none. */
    private static Answer<Boolean> authorizer(Answer<Collection<AclBinding>> acls) {
        return switch (acls.kind()) {
            case KNOWN, NOT_AUTHORIZED -> Answer.known(true);
            case NOT_SUPPORTED -> Answer.known(false);
            case NOT_FOUND, NO_ANSWER, FAILED -> Answer.missing(acls.kind(), acls.reason());
        };
    }

    /**
     * Returns whether a transactional id is known to the cluster; a refusal shows that the principal may not use it. A
     * cluster without transactions creates its internal topic for them.
     */
    public Answer<Boolean> knowsTransactionalId(String id) throws InterruptedException {
        KafkaFuture<?> described = admin.describeTransactions(
                        List.of(id), new DescribeTransactionsOptions().timeoutMs(LIMIT_MS))
                .description(id);
        try {
            described.get();
            return Answer.known(true);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof TransactionalIdNotFoundException
                    ? Answer.known(false)
                    : Answer.missing(config, cause);
        }
    }
}
