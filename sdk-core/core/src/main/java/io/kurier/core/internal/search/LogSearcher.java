// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.search;

import io.kurier.DeliveryHandle;
import io.kurier.Resolution;
import io.kurier.Resolution.NotSettled;
import io.kurier.core.internal.config.PublisherConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The consumers that search for messages. They are created when they are first needed, and then kept, since creating
 * them takes longest.
 */
public final class LogSearcher implements AutoCloseable {
    private static final long MOST_REQUEST_MS = Duration.ofSeconds(30).toMillis();

    /**
     * A consumer notifies its broker when it closes, and by default waits half a minute for a broker that does not
     * respond.
     */
    private static final Duration MOST_CLOSING = Duration.ofMillis(500);

    /** The timeout of the check after a search, which is one request. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private final Supplier<PublisherConfig> configs;
    private final TopicIds ids;
    private final ReentrantLock lock = new ReentrantLock();

    /** The consumers by what they read: only committed records, or all. Guarded by the lock. */
    private final Map<Boolean, Consumer<byte[], byte[]>> consumers = new HashMap<>();

    /** Whether the consumers log in with earlier credentials. */
    private volatile boolean outdated;

    private volatile boolean closed;

    /**
     * Makes a searcher.
     *
     * @param configs returns the configuration to connect with
     * @param ids closed with it
     */
    public LogSearcher(Supplier<PublisherConfig> configs, TopicIds ids) {
        this.configs = configs;
        this.ids = ids;
    }

    /**
     * Searches for a message, after the searches that are already running.
     *
     * @param trackers the tracker of its topic at the current producer, or null if there is none
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
     */
    public Resolution find(DeliveryHandle handle, Supplier<@Nullable DeliveryTracker> trackers) {
        lock.lock();
        try {
            releaseOutdated();
            return findNow(handle, trackers.get());
        } catch (UnknownTopicOrPartitionException e) {
            return new NotSettled("there is no topic " + handle.topic()
                    + ": it was deleted since, or the user may not see it. Should it be created again, what is in it says"
                    + " nothing of this message");
        } catch (RuntimeException e) {
            release(); // the state of the consumers after an exception is unknown
            throw e;
        } finally {
            if (closed) {
                release();
            }
            releaseOutdated();
            lock.unlock();
        }
    }

    /**
     * Searches for a message. The topic's id is checked before the reading and after it, so that all of it was of one
     * topic.
     */
    private Resolution findNow(DeliveryHandle handle, @Nullable DeliveryTracker tracker) {
        PublisherConfig config = configs.get();
        Duration timeout = config.resolveTimeout();
        long deadline = System.nanoTime() + timeout.toNanos();
        Uuid id = ids.now(handle.topic(), timeout);
        if (tracker != null && id != null) {
            tracker.hasId(id);
        }
        if (handle.topicId() != null && !handle.topicId().equals(id)) {
            return another(handle);
        }
        // Single records are in the log or not; of a transaction only committed records count.
        boolean transaction = handle.recordIds().isEmpty();
        if (transaction && handle.topicId() == null) {
            return withoutId(handle);
        }
        Resolution found = new LogSearch(
                        config,
                        handle,
                        consumers.computeIfAbsent(transaction, committed -> consumer(config, committed)),
                        deadline)
                .resolve(handle.topicId() == null || (tracker != null && tracker.proves(handle)));
        if (found instanceof NotSettled) {
            return found;
        }
        if (!Objects.equals(id, ids.now(handle.topic(), LAST_LOOK))) {
            return another(handle);
        }
        return found instanceof Resolution.NotStored && handle.topicId() == null ? withoutId(handle) : found;
    }

    private static NotSettled another(DeliveryHandle handle) {
        return new NotSettled("the topic " + handle.topic() + " was deleted and created again since: where the message"
                + " stood, and what is or is not in the topic now, proves nothing of it");
    }

    private static NotSettled withoutId(DeliveryHandle handle) {
        return new NotSettled(
                "the handle does not say which topic " + handle.topic() + " it is of (topicId is null): the"
                        + " one that is there now may have been created since. Only a message that is found by its record ids"
                        + " settles that");
    }

    private static Consumer<byte[], byte[]> consumer(PublisherConfig config, boolean committed) {
        int timeout = Math.max(1, (int) config.resolveTimeout().toMillis());
        Map<String, Object> keys = new HashMap<>(config.connection());
        keys.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed ? "read_committed" : "read_uncommitted");
        keys.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        keys.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        keys.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        keys.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(timeout, MOST_REQUEST_MS));
        // A search begins with the wait of the previous fetch at the end of the log.
        keys.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        return new KafkaConsumer<>(keys, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @SuppressWarnings("deprecation") // its replacement is not in kafka-clients 4.0
    private void release() {
        consumers.values().forEach(consumer -> consumer.close(MOST_CLOSING));
        consumers.clear();
    }

    private void releaseOutdated() {
        if (outdated) {
            outdated = false;
            release();
        }
    }

    /** Releases the consumers, since the credentials have changed; a search that is running does so at its end. */
    public void renew() {
        outdated = true;
        if (lock.tryLock()) {
            try {
                releaseOutdated();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Releases the consumers; a search that is running does so at its end. */
    @Override
    public void close() {
        closed = true;
        ids.close();
        if (lock.tryLock()) {
            try {
                release();
            } finally {
                lock.unlock();
            }
        }
    }
}
