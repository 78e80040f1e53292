// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.search;

import io.kurier.core.internal.closing.ClosingStep;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's ids of topics (KIP-516), which distinguish a topic from another one that was created under its name after it
 * was deleted. The admin client is created when it is first needed, and kept. Safe for use by any number of threads.
 */
public final class TopicIds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicIds.class);

    /** How long a transactional producer may wait for the ids; it works without them as well. */
    private static final Duration MOST_WAITING = Duration.ofSeconds(5);

    private final Supplier<PublisherConfig> configs;

    /** The ids that were seen last, by topic. */
    private volatile Map<String, Uuid> seen = Map.of();

    /** Guarded by this. */
    private @Nullable Admin admin;

    private volatile boolean closed;

    /**
     * Makes one that connects at the first request.
     *
     * @param configs returns the configuration to connect with
     */
    public TopicIds(Supplier<PublisherConfig> configs) {
        this.configs = configs;
    }

    /** Converts an id from the cluster; brokers before 2.8 have none. */
    static @Nullable Uuid known(@Nullable Uuid told) {
        return Uuid.ZERO_UUID.equals(told) ? null : told;
    }

    /** The ids that were seen last, by topic; a topic that was never seen is missing. */
    public Map<String, Uuid> seen() {
        return seen;
    }

    /** Requests the ids of all topics of the publisher, and does not wait for the responses; {@link #note} does. */
    public Map<String, KafkaFuture<TopicDescription>> ask() {
        List<String> topics =
                configs.get().topics().stream().map(TopicConfig::name).toList();
        synchronized (this) {
            try {
                return closed
                        ? Map.of()
                        : kept().describeTopics(topics, within(MOST_WAITING)).topicNameValues();
            } catch (KafkaException e) {
                LOG.debug("the ids of topics cannot be had", e);
                return Map.of();
            }
        }
    }

    /**
     * Records the responses to {@link #ask}; an id that cannot be read, or not within five seconds, is left unchanged.
     */
    public void note(Map<String, KafkaFuture<TopicDescription>> answers) {
        answers.forEach(this::note);
    }

    private void note(String topic, KafkaFuture<TopicDescription> answer) {
        try {
            Uuid unused = see(topic, answer);
        } catch (KafkaException e) {
            LOG.debug("the id of the topic {} cannot be had", topic, e);
        }
    }

    /**
     * Returns the current id of a topic.
     *
     * @param timeout how long to wait for the response
     * @return the id, or null if the cluster has none
     * @throws UnknownTopicOrPartitionException if there is no such topic, or the user may not see it
     * @throws KafkaException if the cluster does not respond in time
     */
    @Nullable
    Uuid now(String topic, Duration timeout) {
        try {
            KafkaFuture<TopicDescription> answer = kept().describeTopics(List.of(topic), within(timeout))
                    .topicNameValues()
                    .get(topic);
            return see(topic, Objects.requireNonNull(answer, "there is an answer to each question"));
        } finally {
            releaseIfClosed();
        }
    }

    private @Nullable Uuid see(String topic, KafkaFuture<TopicDescription> answer) {
        Uuid id;
        try {
            id = known(answer.get().topicId());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafkas ? kafkas : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
        if (id != null) {
            see(topic, id);
        }
        return id;
    }

    private synchronized void see(String topic, Uuid id) {
        if (!id.equals(seen.get(topic))) {
            Map<String, Uuid> more = new HashMap<>(seen);
            more.put(topic, id);
            seen = Map.copyOf(more);
        }
    }

    private static DescribeTopicsOptions within(Duration timeout) {
        return new DescribeTopicsOptions().timeoutMs((int) Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    private synchronized Admin kept() {
        if (admin == null) {
            admin = Admin.create(new HashMap<>(configs.get().connection()));
        }
        return admin;
    }

    private void releaseIfClosed() {
        if (closed) {
            release();
        }
    }

    private synchronized void release() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    /** Releases the client, since the credentials have changed; its open requests end as they would have. */
    public synchronized void renew() {
        Admin old = admin;
        admin = null;
        if (old != null) {
            ClosingStep unused = ClosingStep.begin("an admin client", () -> old.close(MOST_WAITING));
        }
    }

    /** Releases the client; a request that is running does so at its end. */
    @Override
    public void close() {
        closed = true;
        release();
    }
}
