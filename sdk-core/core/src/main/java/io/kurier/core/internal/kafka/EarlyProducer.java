// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.search.DeliveryTracker;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first producer of a transport. A thread of its own makes it while the start checks the topics, so that it is
 * connected and has its producer id by the time they are checked. It requests no topic before it is taken: such a
 * request could create the topic with the brokers' defaults. To be closed by the start: a producer that was not taken
 * is then closed. Used by one thread.
 */
public final class EarlyProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyProducer.class);

    private final PublisherConfig config;
    private final FutureTask<IoThread.OfProducer> making;
    private boolean begun;
    private boolean taken;

    /** Makes nothing yet. */
    public EarlyProducer(PublisherConfig config) {
        this.config = config;
        this.making = new FutureTask<>(() -> IoThread.started(ProducerSupervisor.maker(config)));
    }

    /** Begins to make the producer, which connects at once, and does not wait for it. To be called at most once. */
    public void begin() {
        Thread thread = new Thread(this::makeAndLoad, "kurier-producer");
        thread.setDaemon(true);
        begun = true;
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // "unable to create native thread"
            LOG.debug("the producer is made when it is needed", e);
        }
    }

    private void makeAndLoad() {
        making.run();
        CompressionLibrary.load(config);
    }

    /**
     * Returns the producer, which is made now unless it has been begun, and which the caller has to close. To be called
     * once.
     *
     * @throws KafkaException if Kafka refuses the configuration
     */
    ManagedProducer take(Map<String, Integer> partitions, Map<String, DeliveryTracker> trackers) {
        begun = true;
        IoThread.OfProducer made = made();
        taken = true;
        return new ManagedProducer(made, partitions, trackers);
    }

    /** Waits for the producer also in a thread that is interrupted, since nothing interrupts its constructor either. */
    private IoThread.OfProducer made() {
        making.run(); // does nothing if the other thread has begun
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return making.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new KafkaException(thrown);
    }

    /** Closes the producer if it has been begun and not taken; it holds no records. */
    @Override
    public void close() {
        if (!begun || taken) {
            return;
        }
        IoThread.OfProducer made;
        try {
            made = made();
        } catch (RuntimeException | Error e) {
            LOG.debug("the producer of a start that failed was not made either", e);
            return;
        }
        VerifiedProducer.close(made);
    }
}
