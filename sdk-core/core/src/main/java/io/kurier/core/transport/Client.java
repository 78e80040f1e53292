// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.core.errors.FailureLog;
import io.kurier.core.time.Durations;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One producer of Kafka's, with what is known from it alone; it is replaced as a whole. */
final class Client {
    /** How much longer than asked a close waits for Kafka to fail what is not acknowledged. */
    private static final Duration BEYOND_THE_TIME = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private final Producer<byte[], byte[]> producer;
    private final PartitionCounts counts;
    private final Answers answers;
    private final Map<String, Trail> trails;

    /** No attempt succeeds from now on; whatever waits for room may wait for the next client. */
    private volatile boolean replaced;

    Client(Producer<byte[], byte[]> producer, Map<String, Integer> partitions, Map<String, Trail> trails) {
        this.producer = producer;
        this.counts = new PartitionCounts(producer, partitions);
        this.answers = new Answers(producer);
        this.trails = trails;
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    /** Hands a record over, as Kafka's {@code send} does; the partition is Kafka's to choose if it is negative. */
    void send(EncodedRecord record, int partition, @Nullable Long timestamp, Callback callback) {
        // A record of its own each attempt, with its own headers: interceptors run every time and may add some.
        Future<?> unused = producer.send( // the callback hears all that the future would say
                new ProducerRecord<>(
                        record.topic(),
                        partition < 0 ? null : partition,
                        timestamp,
                        record.key(),
                        record.value(),
                        record.headers()),
                callback);
    }

    PartitionCounts counts() {
        return counts;
    }

    Answers answers() {
        return answers;
    }

    /** By topic, for those whose records have ids. */
    Map<String, Trail> trails() {
        return trails;
    }

    boolean isReplaced() {
        return replaced;
    }

    /** Fails all that it holds, and waits until it is gone, however long that takes. */
    void closeForAnother() {
        replaced = true;
        closeProducer(Duration.ZERO);
    }

    /**
     * Closes the producer in a thread of its own: Kafka's close joins its I/O thread without a limit, and that one may be
     * waiting {@code request.timeout.ms} for a broker that answers nothing ({@code Sender.awaitNodeReady}).
     */
    void close(Duration timeout) {
        Thread closing = new Thread(() -> closeProducer(timeout), "kurier-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(Durations.bounded(timeout).plus(BEYOND_THE_TIME).toMillis());
        } catch (InterruptedException e) {
            closing.interrupt(); // what is not acknowledged fails now instead of later
            Thread.currentThread().interrupt();
        }
    }

    private void closeProducer(Duration timeout) {
        try {
            producer.close(timeout);
        } catch (InterruptException e) {
            LOG.debug("the close was interrupted; Kafka's I/O thread fails what is left", e);
        } catch (Throwable e) { // of a reporter or an interceptor too; the client is given up all the same
            FailureLog.warn(LOG, e, "Kafka's producer did not close cleanly");
        }
    }
}
