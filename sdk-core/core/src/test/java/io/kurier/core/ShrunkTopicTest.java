// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.ErrorChannelTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A topic of five partitions that is deleted and created again with two while a publisher runs. A message for a
 * partition that is gone, sent before the producer knows, has an unknown outcome once its time is over; after that the
 * partitioner chooses among two.
 */
@Timeout(120)
class ShrunkTopicTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final LocalBroker broker = LocalBroker.start();
    private final ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties());

    @BeforeEach
    void create() {
        admin.createTopic("orders", 5);
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void aPartitionThatIsGoneIsRejectedOnceThatIsKnown() {
        try (Publisher publisher = start("first-byte")) {
            publisher.publish(ORDERS, "k", "4").join();
            shrink();

            assertThat(failure(publisher.publish(ORDERS, "k", "4")).outcome()).isEqualTo(Outcome.UNKNOWN);
            PublishException known = failure(publisher.publish(ORDERS, "k", "4"));
            assertThat(known.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(known.stage()).isEqualTo(Stage.PARTITION);
            assertThat(known).hasMessageContaining("the partitioner chose partition 4, and orders has 2");
            assertThat(publisher.publish(ORDERS, "k", "1").join().partition()).isEqualTo(1);
        }
    }

    @Test
    void aPartitionerThatChoosesByTheCountGoesOn() {
        try (Publisher publisher = start("class:" + RoundRobinPartitioner.class.getName())) {
            for (int i = 0; i < 5; i++) {
                publisher.publish(ORDERS, "k", "before").join();
            }
            shrink();
            // to a partition that is left or not; in any case the producer asks for the topic
            publisher.publish(ORDERS, "k", "first").exceptionally(gone -> null).join();

            for (int i = 0; i < 10; i++) {
                assertThat(publisher.publish(ORDERS, "k", "after").join().partition())
                        .isBetween(0, 1);
            }
        }
    }

    private Publisher start(String partitioner) {
        Map<String, String> keys = new HashMap<>(broker.clientProperties());
        keys.put("topics.orders.value.serializer", "text");
        keys.put("topics.orders.partitioner", partitioner);
        keys.put("producer.delivery.timeout.ms", "5000");
        keys.put("producer.request.timeout.ms", "4000");
        return Kurier.start(keys, ORDERS);
    }

    private void shrink() {
        admin.deleteTopic("orders");
        admin.createTopic("orders", 2);
    }
}
