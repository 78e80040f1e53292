// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.kurier.broker.proxy.Fault;
import io.kurier.broker.proxy.FaultProxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

/** A broker that tells its clients to come another way. */
class AdvertisedPortTest {

    @Test
    void sendsClientsToTheProxyAndGoesAnotherWayItself() throws Exception {
        try (FaultProxy proxy = FaultProxy.start();
                LocalBroker broker =
                        LocalBroker.builder().advertisedPort(proxy.port()).start()) {
            assertThat(broker.port()).isNotEqualTo(proxy.port());
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
            proxy.target(broker.port());
            // by which a broker tells itself that a transaction has ended
            proxy.dropRequests(ApiKeys.WRITE_TXN_MARKERS);
            Map<String, String> client = new HashMap<>(Map.of("bootstrap.servers", proxy.address()));
            try (Admin admin = Admin.create(Map.copyOf(client))) {
                assertThat(admin.describeCluster().nodes().get(30, TimeUnit.SECONDS))
                        .extracting(Node::host, Node::port)
                        .containsExactly(tuple("127.0.0.1", proxy.port()));
            }
            Clients.createTopic(client, "letters");
            client.put("transactional.id", "milena");
            try (KafkaProducer<String, String> producer = Clients.producer(client)) {
                producer.initTransactions();
                producer.beginTransaction();
                Clients.send(producer, "letters", "dear Milena");
                producer.commitTransaction();
            }
            client.remove("transactional.id");

            assertThat(Clients.consume(client, "letters", 1)).containsExactly("dear Milena");
            assertThat(proxy.hits(Fault.DROP_REQUESTS)).isZero();
        }
    }

    @Test
    void goesWithLogins() throws Exception {
        try (FaultProxy proxy = FaultProxy.start();
                LocalBroker broker = LocalBroker.builder()
                        .advertisedPort(proxy.port())
                        .user("milena", "ink")
                        .start()) {
            proxy.target(broker.port());
            Map<String, String> client = broker.clientProperties("milena");
            client.put("bootstrap.servers", proxy.address());
            Clients.createTopic(client, "letters");
            try (KafkaProducer<String, String> producer = Clients.producer(client)) {
                Clients.send(producer, "letters", "dear Franz");
                proxy.reset();
                Clients.send(producer, "letters", "and another one");
            }

            assertThat(proxy.hits(Fault.RESET)).isPositive();
            assertThat(Clients.consume(client, "letters", 2)).containsExactly("dear Franz", "and another one");
        }
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalBroker.builder().advertisedPort(65_536))
                .withMessageContaining("65536");
    }
}
