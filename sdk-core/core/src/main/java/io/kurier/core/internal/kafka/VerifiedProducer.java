// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.internal.errors.ThrowableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A producer for new credentials, connected and checked before it is used: the brokers let it in, its user may write to
 * the topics, and their metadata are present, so that its first record need not wait.
 */
final class VerifiedProducer {
    private static final int ANSWER_MS = (int) ConnectionDiagnosis.ANSWER.toMillis();
    private static final Duration MOST_WARMING = Duration.ofSeconds(10);

    /** The age of metadata is measured in milliseconds. */
    private static final long ROUNDING_NANOS = Duration.ofMillis(5).toNanos();

    private static final Duration MOST_CONNECTING = Duration.ofSeconds(2);
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(2).toNanos();

    private final PublisherConfig config;

    /** The topics, in the order of their declaration. */
    private final List<String> topics;

    private VerifiedProducer(PublisherConfig config, List<String> topics) {
        this.config = config;
        this.topics = topics;
    }

    /**
     * Makes the producer and checks it; waits for Kafka.
     *
     * @param isUsed whether the producer in use knows a topic, by its physical name: the new one has to know it too
     * @return the producer, which the caller has to close
     * @throws StartException if there is no such producer, with every reason and without secrets, or if the thread is
     *     interrupted, whose interrupt flag is then still set
     */
    static IoThread.OfProducer connect(PublisherConfig config, Predicate<String> isUsed) {
        List<String> topics =
                config.topics().stream().map(TopicConfig::name).filter(isUsed).toList();
        try {
            return new VerifiedProducer(config, topics).connect();
        } catch (StartException e) {
            throw e;
        } catch (AuthenticationException e) {
            throw ConnectionDiagnosis.notLetIn(config, e);
        } catch (RuntimeException | Error e) { // a reporter or an interceptor can throw anything
            throw ConnectionDiagnosis.notMade(config, "Kafka's producer cannot be made", e);
        }
    }

    /** Closes a producer that holds no records. */
    static void close(IoThread.OfProducer made) {
        new ManagedProducer(made, Map.of(), Map.of()).close(Duration.ZERO);
    }

    private IoThread.OfProducer connect() {
        try (StartAdmin admin = new StartAdmin(config)) {
            checkTopics(admin);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        IoThread.OfProducer made = IoThread.started(ProducerSupervisor.maker(config));
        try {
            awaitMetadata(made.producer());
            connectToBroker(made.producer());
            return made;
        } catch (RuntimeException | Error e) {
            close(made);
            throw e;
        }
    }

    private static StartException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartException("interrupted while connecting with other credentials", e);
    }

    /** Whether the brokers let the client in, and what the user may do. */
    private void checkTopics(StartAdmin admin) throws InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> asked = admin.client()
                .describeTopics(
                        topics, new DescribeTopicsOptions().timeoutMs(ANSWER_MS).includeAuthorizedOperations(true))
                .topicNameValues();
        try {
            Object unused = admin.first(admin.client()
                    .describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MS))
                    .nodes());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafkas ? kafkas : new KafkaException(e.getCause());
        }
        List<String> problems = new ArrayList<>();
        for (String topic : topics) {
            try {
                Set<AclOperation> allowed = Objects.requireNonNull(
                                asked.get(topic), "there is an answer to each question")
                        .get()
                        .authorizedOperations();
                if (allowed != null && !allowed.isEmpty() && !allowed.contains(AclOperation.WRITE)) {
                    problems.add(
                            "the user may not write to the topic " + config.shownName(topic) + ". Grant WRITE on it.");
                }
            } catch (ExecutionException e) {
                problems.add(problem(topic, e));
            }
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems, null);
        }
    }

    private String problem(String topic, ExecutionException e) {
        String shown = config.shownName(topic);
        return e.getCause() instanceof AuthorizationException
                        || e.getCause() instanceof UnknownTopicOrPartitionException
                        || e.getCause() instanceof InvalidTopicException
                ? "the user may not see the topic " + shown + ", or it does not exist. Grant DESCRIBE and WRITE on it."
                : "the topic " + shown + " cannot be described: "
                        + config.secrets().hide(ThrowableText.reason(e.getCause() == null ? e : e.getCause()));
    }

    /** Requests all topics before it waits for any, so that one request fetches them. */
    private void awaitMetadata(Producer<byte[], byte[]> producer) {
        long deadline = System.nanoTime() + MOST_WARMING.toNanos();
        List<String> cold = topics;
        while (true) {
            cold = cold.stream().filter(topic -> !isWarm(producer, topic)).toList();
            if (cold.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new StartException(
                        "the metadata of "
                                + String.join(
                                        ", ",
                                        cold.stream().map(config::shownName).toList()) + " did not arrive within "
                                + MOST_WARMING.toSeconds() + " s at "
                                + config.bootstrap().shown() + " (" + config.bootstrap() + ")",
                        null);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(new InterruptedException());
            }
        }
    }

    /**
     * Lets the producer connect to a broker as one of the cluster: until now it has used the connection to an address of
     * {@code bootstrap.servers}, which Kafka's client does not use for records. The next metadata come by such a
     * connection, and a record for a partition that does not exist requests them and is refused. Interceptors would see
     * that record, so with them the first record has to wait for its connection.
     */
    private void connectToBroker(Producer<byte[], byte[]> producer) {
        if (topics.isEmpty() || config.producer().containsKey(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG)) {
            return;
        }
        Metric age = ClientAssumptions.metadataAge(producer);
        long begin = System.nanoTime();
        Future<?> refused = producer.send(new ProducerRecord<>(topics.get(0), Integer.MAX_VALUE, null, null));
        while (refused.isDone() && System.nanoTime() - begin < MOST_CONNECTING.toNanos()) {
            long since = System.nanoTime() - begin - ROUNDING_NANOS;
            if (age.metricValue() instanceof Double seconds && seconds * 1e9 < since) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private static boolean isWarm(Producer<byte[], byte[]> producer, String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (TimeoutException e) {
            return false;
        }
    }
}
