// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.Handle;
import io.kurier.Resolution;
import io.kurier.core.config.PublisherConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumers that look for messages; made when they are first needed, and then kept, since that takes longest. */
final class LogReader implements AutoCloseable {
    private static final long MOST_REQUEST_MS = Duration.ofSeconds(30).toMillis();

    /** A consumer tells its broker that it goes, and by default waits half a minute for one that does not hear. */
    private static final Duration MOST_CLOSING = Duration.ofMillis(500);

    private final PublisherConfig config;
    private final ReentrantLock lock = new ReentrantLock();

    /** By what they read: only what is committed, or all. Guarded by the lock. */
    private final Map<Boolean, Consumer<byte[], byte[]>> consumers = new HashMap<>();

    private volatile boolean closed;

    LogReader(PublisherConfig config) {
        this.config = config;
    }

    /**
     * Looks for a message, after the searches that are under way.
     *
     * @param cannotArrive whether a message that is not in the log now will never be
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
     */
    Resolution find(Handle handle, BooleanSupplier cannotArrive) {
        // Single records are in the log or not; of a transaction only what is committed counts.
        boolean committed = handle.recordIds().isEmpty();
        lock.lock();
        try {
            return new ReadBack(config, handle, consumers.computeIfAbsent(committed, this::consumer))
                    .resolve(cannotArrive.getAsBoolean());
        } catch (RuntimeException e) {
            release(); // what an exception leaves of them is not worth finding out
            throw e;
        } finally {
            if (closed) {
                release();
            }
            lock.unlock();
        }
    }

    private Consumer<byte[], byte[]> consumer(boolean committed) {
        int timeout = Math.max(1, (int) config.resolveTimeout().toMillis());
        Map<String, Object> keys = new HashMap<>(config.connection());
        keys.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed ? "read_committed" : "read_uncommitted");
        keys.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        keys.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        keys.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(timeout, MOST_REQUEST_MS));
        // A search begins with what the fetch before it waits for at the end of the log.
        keys.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        return new KafkaConsumer<>(keys, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @SuppressWarnings("deprecation") // what takes its place is not in kafka-clients 4.0
    private void release() {
        consumers.values().forEach(consumer -> consumer.close(MOST_CLOSING));
        consumers.clear();
    }

    /** Releases the consumers; a search that is under way does so at its end. */
    @Override
    public void close() {
        closed = true;
        if (lock.tryLock()) {
            try {
                release();
            } finally {
                lock.unlock();
            }
        }
    }
}
