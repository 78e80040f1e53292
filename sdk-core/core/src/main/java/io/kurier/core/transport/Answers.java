// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Says what a producer's answers mean, which can depend on whether it has ever sent a record again; and whether there was
 * one lately.
 */
final class Answers {
    private final Metric retries;
    private final AtomicBoolean heard = new AtomicBoolean();

    Answers(Producer<byte[], byte[]> producer) {
        this.retries = ProducerMetric.of(producer, "record-retry-total");
    }

    /** There was an answer. Called for every record. */
    void heard() {
        if (!heard.getOpaque()) { // written for every record, it would keep its cache line from the callers
            heard.setOpaque(true);
        }
    }

    /** Whether there was an answer since the last call. */
    boolean takeHeard() {
        return heard.getAndSet(false);
    }

    KafkaFailure meaning(Exception cause) {
        return cause instanceof TopicAuthorizationException
                        && !retries.metricValue().equals(0.0)
                ? KafkaFailure.afterRetries(cause)
                : KafkaFailure.of(cause);
    }
}
