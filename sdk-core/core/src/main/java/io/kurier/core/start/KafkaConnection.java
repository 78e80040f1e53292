// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.start;

import io.kurier.core.config.PublisherConfig;
import io.kurier.core.topics.TopicContract;
import io.kurier.core.transport.KafkaTransport;
import io.kurier.core.transport.KafkaVersion;
import io.kurier.core.transport.TransactionSupport;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportFactory;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** Connects to a cluster: checks the client's version, brings the topics in line, makes the producer. */
public final class KafkaConnection implements TransportFactory {

    @Override
    public Transport connect(PublisherConfig config) {
        KafkaVersion.check();
        KafkaVersion.checkTransactions(config.transactions());
        Map<String, Integer> partitions = TopicContract.establish(config);
        TransactionSupport.check(config);
        try {
            return KafkaTransport.connect(config, partitions);
        } catch (KafkaException e) {
            throw config.refused("Kafka's producer cannot be made", e);
        }
    }
}
