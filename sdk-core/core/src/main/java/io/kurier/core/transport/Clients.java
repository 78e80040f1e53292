// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.core.config.PublisherConfig;
import io.kurier.core.errors.FailureLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of the moment. One that stands still is closed, which fails all that it holds, and another takes its place;
 * not before the first is gone, since records of two producers have no order.
 */
final class Clients {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

    private final PublisherConfig config;
    private final Duration limit;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "kurier-watch"));
    private volatile Client current;
    private Standstill standstill;
    private boolean closed;

    /**
     * Makes the first.
     *
     * @throws KafkaException if Kafka refuses the configuration
     */
    Clients(PublisherConfig config, Map<String, Integer> partitions, Map<String, Trail> trails) {
        this(config, partitions, trails, longestOpen(config));
    }

    /** Likewise, with another limit of a standstill. */
    Clients(PublisherConfig config, Map<String, Integer> partitions, Map<String, Trail> trails, Duration limit) {
        this.config = config;
        this.limit = limit;
        this.current = make(partitions, trails);
        try {
            this.standstill = new Standstill(current, limit);
            long between = Standstill.between(limit).toNanos();
            ScheduledFuture<?> unused =
                    watch.scheduleWithFixedDelay(this::look, between, between, TimeUnit.NANOSECONDS);
        } catch (Throwable e) {
            close(Duration.ZERO); // nobody else has it
            throw e;
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What Kafka's producer may take to fail a record, and the one request that can hold its I/O thread meanwhile. */
    private static Duration longestOpen(PublisherConfig config) {
        Duration request = time(config, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        Duration least = time(config, ProducerConfig.LINGER_MS_CONFIG).plus(request);
        Duration delivery = time(config, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        return (delivery.compareTo(least) < 0 ? least : delivery).plus(request);
    }

    private static Duration time(PublisherConfig config, String key) {
        Object byDefault = ProducerConfig.configDef().defaultValues().get(key);
        return Duration.ofMillis(
                Long.parseLong(String.valueOf(config.producerKeys().getOrDefault(key, byDefault))
                        .strip()));
    }

    private Client make(Map<String, Integer> partitions, Map<String, Trail> trails) {
        return new Client(
                new KafkaProducer<>(config.producerKeys(), new ByteArraySerializer(), new ByteArraySerializer()),
                partitions,
                trails);
    }

    Client current() {
        return current;
    }

    private void look() {
        try {
            if (current.isReplaced() || standstill.look()) {
                replace();
            }
        } catch (Throwable e) { // or there would be no further look
            FailureLog.error(LOG, e, "Kafka's producer stands still and cannot be replaced yet");
        }
    }

    private void replace() {
        if (!current.isReplaced()) {
            LOG.warn(
                    "Kafka's producer holds records and has heard nothing of any for more than {} ms, the time until it"
                            + " should fail them (delivery.timeout.ms) and a request: it is closed, all that it holds is"
                            + " UNKNOWN, and another takes its place",
                    limit.toMillis());
            current.closeForAnother();
        }
        // What was known of the topics is old; and a client that cannot be made yet is made at a later look.
        Map<String, Trail> trails = new HashMap<>();
        current.trails().forEach((topic, trail) -> trails.put(topic, trail.ofNextProducer()));
        Client next = make(Map.of(), trails);
        boolean late;
        synchronized (this) {
            late = closed;
            current = late ? current : next;
        }
        if (late) {
            next.close(Duration.ZERO);
        } else {
            standstill = new Standstill(next, limit);
        }
    }

    void close(Duration timeout) {
        synchronized (this) {
            closed = true;
        }
        watch.shutdownNow();
        current.close(timeout);
    }
}
