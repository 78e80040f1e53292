// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.internal.kafka.EarlyProducer;
import io.kurier.core.internal.kafka.KafkaTransport;
import io.kurier.core.internal.kafka.TransactionSupport;
import io.kurier.core.internal.search.DeliveryTracker;
import io.kurier.core.internal.search.LogEndOffsets;
import io.kurier.core.internal.topics.ReadyTopic;
import io.kurier.core.internal.topics.TopicContract;
import io.kurier.core.transport.TopicManagement;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportConfig;
import io.kurier.core.transport.TransportFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.AuthenticationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to a cluster: checks the client's version, verifies or creates the topics, makes the producer. If no broker
 * is reachable yet, it retries for {@code start.max.wait.ms}; with {@code topics.management=later} it does all of this
 * later.
 */
public final class KafkaConnection implements TransportFactory {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaConnection.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @Override
    public Transport connect(TransportConfig config) {
        if (config instanceof PublisherConfig whole) {
            return connect(whole);
        }
        throw new IllegalArgumentException("a cluster is connected with the whole configuration of a start");
    }

    private static Transport connect(PublisherConfig config) {
        KafkaVersion.check();
        KafkaVersion.checkTransactions(config.transactions());
        return config.management() == TopicManagement.LATER
                ? DeferredTransport.begin(config, KafkaConnection::connectOnce)
                : connectNow(config);
    }

    private static Transport connectNow(PublisherConfig config) {
        long deadline = System.nanoTime() + config.startMaxWait().toNanos();
        while (true) {
            try {
                return connectOnce(config);
            } catch (StartException e) {
                if (System.nanoTime() - deadline >= 0 || !ConnectionDiagnosis.isMissing(config, e)) {
                    throw e;
                }
                LOG.warn("The start waits for the cluster, at most start.max.wait.ms: {}", e.getMessage());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new StartException("interrupted while waiting for " + config.bootstrap(), null);
            }
        }
    }

    private static Transport connectOnce(PublisherConfig config) {
        Map<String, Integer> partitions = new HashMap<>();
        KafkaTransport transport;
        try (StartAdmin admin = new StartAdmin(config);
                EarlyProducer producer = new EarlyProducer(config)) {
            Map<String, ReadyTopic> ready = TopicContract.establish(config, admin, producer::begin);
            TransactionSupport.check(config, admin);
            ready.forEach((name, topic) -> partitions.put(name, topic.partitions()));
            Map<String, DeliveryTracker> trackers =
                    described(config, () -> LogEndOffsets.trackers(config, admin, ready));
            transport = described(config, () -> KafkaTransport.connect(config, producer, partitions, trackers));
        } // the metadata arrives while the admin client is closed
        return described(config, () -> {
            transport.warm(partitions.keySet());
            return transport;
        });
    }

    /** Runs a step, and converts an exception of Kafka's client to a start's error. */
    private static <T> T described(PublisherConfig config, Supplier<T> step) {
        try {
            return step.get();
        } catch (StartException e) {
            throw e;
        } catch (AuthenticationException e) {
            throw ConnectionDiagnosis.notLetIn(config, e);
        } catch (RuntimeException | Error e) { // a reporter or an interceptor can throw anything
            throw ConnectionDiagnosis.notMade(config, "Kafka's producer cannot be made", e);
        }
    }
}
