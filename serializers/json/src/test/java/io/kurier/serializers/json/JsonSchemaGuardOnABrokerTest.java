// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

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
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A topic that names the guard {@code json-schema} stores what the schema allows, and of the rest no byte leaves. */
@WithKafka
@Timeout(120)
class JsonSchemaGuardOnABrokerTest {
    private static final Topic<String, String> TEXTS = Topic.of("texts", String.class, String.class);
    private static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
    private static final String SOUND = "{\"id\":\"O-1\",\"items\":[]}";
    private static final List<String> REFUSED =
            List.of("{\"id\":\"O-1\"}", "{\"id\":\"CANARY\",\"items\":[]}", "{", "");

    private static final String TEXT = "class:" + StringSerializer.class.getName();

    private final LocalBroker broker;
    private final TestTopics topics;
    private String texts = "";

    JsonSchemaGuardOnABrokerTest(LocalBroker broker, TestTopics topics) {
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

    @BeforeEach
    void create() {
        texts = topics.create("texts", 1);
    }

    private KurierBuilder kurier() {
        return Kurier.builder()
                .set("bootstrap.servers", broker.bootstrapServers())
                .set("client.id", "checked")
                .set("topics.texts.name", texts)
                .set("topics.texts.key.serializer", TEXT)
                .set("topics.texts.value.serializer", TEXT)
                .set("topics.texts.guards", "json-schema")
                .set("topics.texts.guard.json-schema.schema", "classpath:schemas/order.json")
                .topics(TEXTS);
    }

    @Test
    void storesSoundRecordsAndSendsNoByteOfOthers() {
        try (Publisher publisher = kurier().start()) {
            publisher.publish(TEXTS, "k", SOUND).join(); // connects
            Sent sound = Sent.during(() -> publisher.publish(TEXTS, "k", SOUND).join());

            Sent withRefused = Sent.during(() -> {
                for (String text : REFUSED) {
                    assertThatThrownBy(() -> publisher.publish(TEXTS, "k", text).join())
                            .isInstanceOf(CompletionException.class)
                            .cause()
                            .hasMessageContaining("the guard json-schema refused the record: ")
                            .hasMessageNotContaining("CANARY")
                            .isInstanceOfSatisfying(PublishException.class, refused -> {
                                assertThat(refused.stage()).isEqualTo(Stage.GUARD);
                                assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
                            });
                }
                publisher.publish(TEXTS, "k", SOUND).join();
            });

            assertThat(sound.records()).isEqualTo(1);
            assertThat(withRefused).isEqualTo(sound);
        }
        assertThat(topics.readAll(texts, new StringDeserializer(), new StringDeserializer()))
                .extracting(ConsumerRecord::value)
                .containsExactly(SOUND, SOUND, SOUND);
    }

    @Test
    void storesATombstone() {
        try (Publisher publisher = kurier().start()) {
            publisher.publish(TEXTS, "k", null).join();
        }
        assertThat(topics.readAll(texts))
                .singleElement()
                .extracting(ConsumerRecord::value)
                .isNull();
    }

    @Test
    void refusesTheStartWithoutASchema() {
        assertThatThrownBy(() -> kurier().set(Map.of(
                                "topics.orders.key.serializer", TEXT,
                                "topics.orders.value.serializer", "json",
                                "topics.orders.guards", "json-schema"))
                        .topics(ORDERS)
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("topics.orders.guards")
                .hasMessageContaining("Set topics.orders.guard.json-schema.schema to a path");
    }
}
