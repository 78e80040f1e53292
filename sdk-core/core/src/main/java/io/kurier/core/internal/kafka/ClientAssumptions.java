// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * The assumptions of core about kafka-clients beyond its documented interface: metric names, the text of one exception,
 * and the name of the producer's thread. All of them are here, so that a new version of kafka-clients is checked
 * against one class and its test.
 */
final class ClientAssumptions {
    private static final String GROUP = "producer-metrics";
    private static final String TOPIC_GROUP = "producer-topic-metrics";

    /**
     * A part of the exception's message for a valid record whose batch contained an invalid one (KIP-467,
     * {@code Sender.failBatch}).
     */
    private static final String INVALID_NEIGHBOUR = "invalid records";

    private ClientAssumptions() {}

    /** How many records the producer has put back into its queue for a retry; counted before they are sent. */
    static Metric retries(Producer<?, ?> producer) {
        return metric(producer, "record-retry-total");
    }

    /** The unused bytes of the producer's buffer. */
    static Metric availableBytes(Producer<?, ?> producer) {
        return metric(producer, "buffer-available-bytes");
    }

    /** The size of the producer's buffer in bytes. */
    static Metric totalBytes(Producer<?, ?> producer) {
        return metric(producer, "buffer-total-bytes");
    }

    /** The seconds since the producer's metadata arrived, as a double. */
    static Metric metadataAge(Producer<?, ?> producer) {
        return metric(producer, "metadata-age");
    }

    /** The number of connections to brokers, as a double. */
    static Metric connections(Producer<?, ?> producer) {
        return metric(producer, "connection-count");
    }

    /** How often a broker has accepted a log-in or a handshake of TLS, as a double; 0 where there is neither. */
    static Metric acceptedLogins(Producer<?, ?> producer) {
        return metric(producer, "successful-authentication-total");
    }

    /** How often a broker has refused the log-in, as a double. */
    static Metric failedLogins(Producer<?, ?> producer) {
        return metric(producer, "failed-authentication-total");
    }

    /** Whether the producer has sent a record to a topic. */
    static boolean hasSent(Producer<?, ?> producer, String topic) {
        return producer.metrics().keySet().stream()
                .anyMatch(name -> name.group().equals(TOPIC_GROUP)
                        && topic.equals(name.tags().get("topic")));
    }

    private static Metric metric(Producer<?, ?> producer, String name) {
        return producer.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name)
                        && entry.getKey().group().equals(GROUP))
                .findFirst()
                .orElseThrow(() -> new LinkageError("this version of kafka-clients has no producer metric " + name))
                .getValue();
    }

    /**
     * Whether the record itself was valid, and another record of its batch was not: the exception is then a plain
     * {@link KafkaException}, and the broker has stored nothing of the batch.
     */
    static boolean isInvalidNeighbour(Exception cause) {
        return cause.getClass() == KafkaException.class
                && String.valueOf(cause.getMessage()).contains(INVALID_NEIGHBOUR);
    }

    /** The name of a producer's I/O thread. */
    static String ioThreadName(Producer<?, ?> producer) {
        return KafkaProducer.NETWORK_THREAD_PREFIX + " | " + clientId(producer);
    }

    /** The client id of a producer, a generated one if none is configured. */
    private static @Nullable String clientId(Producer<?, ?> producer) {
        return producer.metrics().keySet().stream()
                .map(MetricName::tags)
                .map(tags -> tags.get("client-id"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
