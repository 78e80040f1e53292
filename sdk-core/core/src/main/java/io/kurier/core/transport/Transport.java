// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.DeliveryHandle;
import io.kurier.Health;
import io.kurier.Resolution;
import java.time.Duration;
import java.util.List;

/** Sends encoded records to Kafka without waiting. Safe for use by any number of threads. */
public interface Transport extends Sender {

    /**
     * Connects a producer for transactions. The call waits for Kafka. The previous owner of the id is fenced, and its
     * open transaction aborted.
     *
     * @return the producer, which the caller must close before this transport
     * @throws TransactionFailure if the producer cannot be connected, or not in time
     */
    TransactionalSender transactional(String transactionalId);

    /**
     * Fences the producers of transactional ids that are a given one followed by a number, and aborts their open
     * transactions. The call waits for Kafka.
     *
     * @param id what precedes the number
     * @param from the least number
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses it or does not respond in time
     */
    default void fenceNumbered(String id, int from) {}

    /**
     * Connects with other credentials, and uses that connection from then on. The call waits for Kafka. Records that were
     * taken before are acknowledged or failed first; the order of records is kept. If it fails, the transport goes on
     * as before. Calls come one after the other, and one may be interrupted by a close.
     *
     * @param config the configuration of the start with other connection keys
     * @throws io.kurier.StartException if Kafka cannot be connected with it, with every reason and without secrets
     */
    default void rotate(TransportConfig config) {}

    /**
     * Returns why records cannot be expected to be stored at this moment; empty if they can. It sends no request, and is
     * called at most once at a time.
     */
    default List<Health.Reason> whyNotReady() {
        return List.of();
    }

    /**
     * Searches for a message in its topic. The call waits for Kafka, and for other searches.
     *
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
     */
    Resolution resolve(DeliveryHandle handle);

    /**
     * Sends the records that wait in batches, and waits until every record taken before this call is acknowledged or
     * failed.
     */
    void flush();

    /** Waits until all records are acknowledged, at most the given time, fails the rest, and releases all resources. */
    void close(Duration timeout);
}
