// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.DeliveryHandle;
import io.kurier.Resolution;
import java.time.Duration;

/** Takes encoded records to the log, without waiting. Safe for use by any number of threads. */
public interface Transport extends Sender {

    /**
     * Connects a producer for transactions. It waits for Kafka; whoever had the id before is fenced, and what it left
     * open is aborted.
     *
     * @return the producer, to be closed by the caller before this transport is
     * @throws TransactionFailure if that cannot be done, or not in time
     */
    TransactionalSender transactional(String transactionalId);

    /**
     * Looks for a message in its topic. It waits for Kafka, and for other searches.
     *
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
     */
    Resolution resolve(DeliveryHandle handle);

    /** Sends what waits in batches, and waits until every record taken before this call is acknowledged or failed. */
    void flush();

    /** Waits until all is acknowledged, at most the time given, fails the rest, and releases everything. */
    void close(Duration timeout);
}
