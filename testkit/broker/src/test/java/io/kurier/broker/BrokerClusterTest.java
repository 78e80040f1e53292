// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.kurier.broker.proxy.FaultProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three brokers in other JVMs, of which each may be taken away. */
@Timeout(300)
class BrokerClusterTest {

    @Test
    void goesOnWithoutItsActiveControllerAndWithoutABrokerThatIsStopped() throws Exception {
        List<Path> directories;
        try (BrokerCluster cluster = BrokerCluster.start(3)) {
            directories =
                    cluster.brokers().stream().map(BrokerProcess::directory).toList();
            assertThat(cluster.brokers()).extracting(BrokerProcess::nodeId).containsExactly(1, 2, 3);
            Map<String, String> client =
                    Map.of("bootstrap.servers", cluster.bootstrapServers(), "request.timeout.ms", "2000");
            try (ClusterAdmin admin = ClusterAdmin.connect(client);
                    KafkaProducer<String, String> producer = Clients.producer(client)) {
                admin.createTopic("letters", 1);
                assertThat(admin
                                .kafka()
                                .describeTopics(List.of("letters"))
                                .allTopicNames()
                                .get(30, TimeUnit.SECONDS)
                                .values()
                                .stream()
                                .map((TopicDescription topic) ->
                                        topic.partitions().get(0).replicas().size()))
                        .containsExactly(3);
                Clients.send(producer, "letters", "with all");

                BrokerProcess controller = cluster.activeController();
                controller.kill();
                Clients.send(producer, "letters", "without the controller");
                BrokerProcess successor = cluster.activeController();
                assertThat(successor).isNotEqualTo(controller);
                controller.restart();
                admin.awaitInSync();

                successor.pause();
                Clients.send(producer, "letters", "without another controller");
                assertThat(cluster.activeController()).isNotEqualTo(successor);
                assertThat(successor.isAlive()).isTrue();
                successor.resume();
                admin.awaitInSync();
            }
            assertThat(Clients.consume(client, "letters", 3))
                    .containsExactly("with all", "without the controller", "without another controller");
        }
        assertThat(directories)
                .hasSize(3)
                .allSatisfy(directory -> assertThat(directory).doesNotExist());
    }

    @Test
    void tellsClientsThePortThatOneOfItsBrokersAdvertises() throws Exception {
        try (FaultProxy proxy = FaultProxy.start();
                BrokerCluster cluster = BrokerCluster.builder(2)
                        .eachBroker((broker, nodeId) -> {
                            if (nodeId == 2) {
                                broker.advertisedPort(proxy.port());
                            }
                        })
                        .start()) {
            BrokerProcess first = cluster.brokers().get(0);
            proxy.target(cluster.brokers().get(1).port());
            Map<String, String> client = Map.of("bootstrap.servers", first.bootstrapServers());
            try (ClusterAdmin admin = ClusterAdmin.connect(client)) {
                assertThat(admin.kafka().describeCluster().nodes().get(30, TimeUnit.SECONDS))
                        .extracting(Node::id, Node::port)
                        .containsExactlyInAnyOrder(tuple(1, first.port()), tuple(2, proxy.port()));

                admin.createTopics(List.of(new NewTopic("letters", Map.of(0, List.of(1), 1, List.of(2)))));
                Map<TopicPartition, OffsetSpec> ends = Map.of(
                        new TopicPartition("letters", 0), OffsetSpec.latest(),
                        new TopicPartition("letters", 1), OffsetSpec.latest());
                assertThat(admin.kafka().listOffsets(ends).all().get(30, TimeUnit.SECONDS))
                        .hasSize(2);
            }
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> BrokerCluster.builder(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerCluster.builder(3).property("controller.quorum.voters", "no"));
        try (BrokerProcess broker = BrokerProcess.start()) {
            broker.kill();
            assertThatIllegalStateException().isThrownBy(broker::pause).withMessageContaining("does not run");
        }
    }
}
