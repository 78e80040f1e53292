// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.serializers.protovalidate.test.Order;
import io.kurier.testkit.FakeKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message is found behind each frame that a publisher writes. */
@Timeout(60)
class GuardedFramesTest {
    private static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
    private static final Topic<String, Order.Item> ITEMS = Topic.of("orders", String.class, Order.Item.class);
    private static final String VALUE = "topics.orders.value.serializer";

    @TempDir
    private Path folder;

    @BeforeEach
    void register() throws IOException {
        RegisteredFile.write(folder);
        assertThat(Files.exists(folder.resolve("ids.properties"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "none,,",
        "confluent,,",
        "confluent-header,,",
        "apicurio,,",
        "apicurio,id.bytes,8",
        "apicurio,headers,true"
    })
    void ofTheFirstMessageAndOfOneInAnother(String framing, String key, String value) {
        Map<String, String> config = new HashMap<>(Map.of(
                "topics.orders.key.serializer",
                "text",
                VALUE,
                "protobuf",
                VALUE + ".framing",
                framing,
                "topics.orders.guards",
                "protovalidate"));
        if (!framing.equals("none")) {
            config.put(VALUE + ".framing." + framing + ".schemas", "file");
            config.put(VALUE + ".framing." + framing + ".schemas.folder", folder.toString());
        }
        if (key != null) {
            config.put(VALUE + ".framing." + framing + "." + key, value);
        }

        checks(config, ORDERS, Orders.sound(), Orders.unsound(), "at id: string.pattern");
        checks(config, ITEMS, Orders.item("a", 1), Orders.item("a", -1), "at count: int32.gte");
    }

    private static <M extends Message> void checks(
            Map<String, String> config, Topic<String, M> topic, M sound, M unsound, String violation) {
        FakeKafka kafka = new FakeKafka();
        try (Publisher publisher = kafka.start(config, topic)) {
            publisher.publish(topic, "k", sound).join();
            assertThatThrownBy(() -> publisher.publish(topic, "k", unsound).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .hasMessageEndingWith(violation)
                    .isInstanceOfSatisfying(
                            PublishException.class,
                            refused -> assertThat(refused.stage()).isEqualTo(Stage.GUARD));
            publisher.publish(topic, "k", null).join();
        }
        assertThat(kafka.records(topic)).hasSize(2);
    }
}
