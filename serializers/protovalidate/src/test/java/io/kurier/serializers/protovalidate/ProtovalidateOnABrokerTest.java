// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Stage;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.protovalidate.test.Order;
import io.kurier.serializers.protovalidate.test.Wrong;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A topic that names the guard {@code protovalidate} stores what the rules allow, and of the rest no byte leaves. */
@WithKafka
@Timeout(120)
class ProtovalidateOnABrokerTest {
    private static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
    private static final Topic<String, Wrong> WRONG = Topic.of("wrong", String.class, Wrong.class);

    private final LocalBroker broker;
    private final TestTopics topics;

    ProtovalidateOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    /** What Kafka's producer has sent to topics; requests for metadata, which come when they like, do not count. */
    private record Sent(double records, double bytes) {
        static Sent now() {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            double records = 0;
            double bytes = 0;
            try {
                for (ObjectName topic : beans.queryNames(
                        new ObjectName("kafka.producer:type=producer-topic-metrics,client-id=checked*,topic=*"),
                        null)) {
                    records += (double) beans.getAttribute(topic, "record-send-total");
                    bytes += (double) beans.getAttribute(topic, "byte-total");
                }
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
            return new Sent(records, bytes);
        }

        static Sent during(Runnable work) {
            Sent before = now();
            work.run();
            Sent after = now();
            return new Sent(after.records - before.records, after.bytes - before.bytes);
        }
    }

    private KurierBuilder kurier(String topic) {
        return Kurier.builder()
                .set("bootstrap.servers", broker.bootstrapServers())
                .set("client.id", "checked")
                .set("topics.orders.name", topic)
                .set("topics.orders.key.serializer", "text")
                .set("topics.orders.value.serializer", "protobuf")
                .set("topics.orders.guards", "protovalidate")
                .topics(ORDERS);
    }

    @Test
    void storesSoundRecordsAndSendsNoByteOfOthers() {
        String topic = topics.create("orders", 1);
        try (Publisher publisher = kurier(topic).start()) {
            publisher.publish(ORDERS, "k", Orders.sound()).join(); // connects
            Sent sound = Sent.during(
                    () -> publisher.publish(ORDERS, "k", Orders.sound()).join());

            Sent withRefused = Sent.during(() -> {
                for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(() -> publisher
                                    .publish(ORDERS, "k", Orders.unsound())
                                    .join())
                            .isInstanceOf(CompletionException.class)
                            .cause()
                            .hasMessageContaining("the guard protovalidate refused the record: it violates the rules of"
                                    + " shop.Order at id: string.pattern")
                            .hasMessageNotContaining(Orders.CANARY)
                            .isInstanceOfSatisfying(PublishException.class, refused -> {
                                assertThat(refused.stage()).isEqualTo(Stage.GUARD);
                                assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
                            });
                }
                publisher.publish(ORDERS, "k", Orders.sound()).join();
            });

            assertThat(sound.records()).isEqualTo(1);
            assertThat(withRefused).isEqualTo(sound);
        }
        assertThat(topics.readAll(topic, new StringDeserializer(), new ProtobufDeserializer<>(Order.class)))
                .extracting(ConsumerRecord::value)
                .containsExactly(Orders.sound(), Orders.sound(), Orders.sound());
    }

    @Test
    void refusesTheStartIfARuleIsWrong() {
        assertThatThrownBy(() -> kurier(topics.create("orders", 1))
                        .set(Map.of(
                                "topics.wrong.key.serializer", "text",
                                "topics.wrong.value.serializer", "protobuf",
                                "topics.wrong.guards", "protovalidate"))
                        .topics(WRONG)
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("topics.wrong.guards")
                .hasMessageContaining("a rule of shop.Wrong cannot be compiled");
    }
}
