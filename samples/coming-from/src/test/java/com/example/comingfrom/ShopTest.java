// SPDX-License-Identifier: Apache-2.0
package com.example.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.comingfrom.KurierShop.KurierBeans;
import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What each client leaves in the topic is the same, to the byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopTest {
    private static final Order FIRST = new Order("O-1", "Ada", 19.90);
    private static final List<Order> OTHERS = List.of(new Order("O-2", "Grace", 7.50), new Order("O-3", "Ada", 3.25));

    private LocalBroker broker;
    private TestTopics topics;

    @BeforeAll
    void startABroker() {
        broker = LocalBroker.start();
        topics = TestTopics.on(broker);
    }

    @AfterAll
    void stopIt() {
        topics.close();
        broker.close();
    }

    @Test
    void theRecordsOfAllThreeAreTheSame() {
        List<String> kurier = stored(new KurierShop(KurierShop.start(broker.bootstrapServers())));
        List<String> raw = stored(new RawShop(broker.bootstrapServers()));
        List<String> spring = stored(new SpringShop(broker.bootstrapServers()));

        assertThat(kurier)
                .hasSize(3)
                .allSatisfy(record -> assertThat(record).contains("\"customer\""))
                .isEqualTo(raw)
                .isEqualTo(spring);
    }

    @Test
    void aPublisherIsABeanThatSpringCloses() {
        Publisher publisher;
        try (var context = SpringShop.started(broker.bootstrapServers(), KurierBeans.class)) {
            publisher = context.getBean(Publisher.class);
            publisher.publish(KurierShop.ORDERS, FIRST.customer(), FIRST).join();
        }
        assertThat(publisher.publish(KurierShop.ORDERS, FIRST.customer(), FIRST))
                .isCompletedExceptionally();
    }

    /** The records that were added, in the order of their texts. */
    private List<String> stored(Shop shop) {
        Set<String> before = places().keySet();
        try (shop) {
            shop.place(FIRST);
            shop.placeAll(OTHERS);
        }
        Map<String, String> after = places();
        after.keySet().removeAll(before);
        return after.values().stream().sorted().toList();
    }

    /** The texts of all records, by partition and offset. */
    private Map<String, String> places() {
        return topics.readAll("orders").stream()
                .collect(Collectors.toMap(record -> record.partition() + "-" + record.offset(), ShopTest::text));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(
                        "partition " + record.partition(),
                        new String(record.key(), StandardCharsets.UTF_8),
                        new String(record.value(), StandardCharsets.UTF_8),
                        "headers " + Arrays.toString(record.headers().toArray()))
                .toList()
                .toString();
    }
}
