// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.start;

import io.kurier.StartException;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.contact.FirstContact;
import io.kurier.core.topics.TopicContract;
import io.kurier.core.transport.KafkaTransport;
import io.kurier.core.transport.KafkaVersion;
import io.kurier.core.transport.TransactionSupport;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportFactory;
import java.util.Map;
import org.apache.kafka.common.errors.AuthenticationException;

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
        } catch (StartException e) {
            throw e;
        } catch (AuthenticationException e) {
            throw FirstContact.notLetIn(config, e);
        } catch (RuntimeException | Error e) { // a reporter or an interceptor can throw whatever it likes
            throw FirstContact.notMade(config, "Kafka's producer cannot be made", e);
        }
    }
}
