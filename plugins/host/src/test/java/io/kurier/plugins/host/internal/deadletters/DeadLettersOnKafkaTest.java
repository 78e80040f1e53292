// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.HostTopics;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a connector in a topic of a real broker, as its properties declare it. */
@WithKafka
@Timeout(120)
class DeadLettersOnKafkaTest {
    private final LocalBroker broker;
    private final TestTopics topics;

    @TempDir
    Path folder = Path.of("");

    DeadLettersOnKafkaTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void storesThemInTheTopicThatTheConnectorDeclares() {
        String dead = topics.unusedName("host-dead");
        Map<String, String> connector = Map.of(
                "name",
                "text",
                "connector.class",
                "TextSourceConnector",
                "path",
                folder.toString(),
                "topic",
                topics.unusedName("host-alive"),
                "errors.tolerance",
                "all",
                "errors.deadletterqueue.topic.name",
                dead,
                "errors.deadletterqueue.topic.replication.factor",
                "1");
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        Topic<?, ?> declaredInCode = Topic.of(dead, Object.class, Object.class); // as kurier run does
        try (Publisher publisher = Kurier.start(config, declaredInCode);
                DeadLetterDestinations destinations = new DeadLetterDestinations(publisher)) {
            DeadLetters letters = destinations.of(dead, null, "");
            Object receipt =
                    letters.accept(Letters.withValue("v")).toCompletableFuture().join();
            assertThat(receipt)
                    .isInstanceOfSatisfying(
                            Receipt.class, stored -> assertThat(stored.topic()).isEqualTo(dead));
            letters.accept(Letters.withValue("x".repeat(2_000_000)))
                    .toCompletableFuture()
                    .join();
        }
        List<ConsumerRecord<String, String>> stored =
                topics.readAll(dead, new StringDeserializer(), new StringDeserializer());
        assertThat(stored).extracting(ConsumerRecord::key).containsExactly("key", "key");
        assertThat(stored).extracting(ConsumerRecord::value).containsExactly("v", null);
        assertThat(Letters.text(stored.get(0).headers(), "__connect.errors.stage"))
                .isEqualTo("VALUE_CONVERTER");
        assertThat(Letters.text(stored.get(1).headers(), "kurier.omitted")).contains("2000000 bytes");
    }
}
