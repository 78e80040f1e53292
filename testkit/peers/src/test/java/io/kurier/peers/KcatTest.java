// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** kcat reads text and JSON, with headers. */
@WithKafka
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KcatTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalBroker broker;
    private final TestTopics topics;

    KcatTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @BeforeAll
    static void find() throws InterruptedException {
        Command.assumeInstalled("kcat", "-V");
    }

    @Test
    void readsTextWithHeaders() throws Exception {
        Topic<String, String> lines = Topic.of(topics.create("lines", 1), String.class, String.class);

        publish(
                Message.of(lines, "clé", "gruß\tan alle")
                        .withHeader("trace", "a-1")
                        .withHeader("trace", "a-2"),
                "text");

        JsonNode read = read(lines.alias());
        assertThat(read.get("key").textValue()).isEqualTo("clé");
        assertThat(read.get("payload").textValue()).isEqualTo("gruß\tan alle");
        assertThat(read.get("headers")).isEqualTo(JSON.readTree("[\"trace\", \"a-1\", \"trace\", \"a-2\"]"));
    }

    @Test
    void readsJsonWithHeaders() throws Exception {
        Topic<String, Payment> payments = Topic.of(topics.create("payments", 1), String.class, Payment.class);

        publish(Message.of(payments, "k", new Payment("p-1", 4_200, "päckchen")).withHeader("trace", "a-1"), "json");

        JsonNode read = read(payments.alias());
        assertThat(JSON.readTree(read.get("payload").textValue()))
                .isEqualTo(JSON.readTree("{\"id\": \"p-1\", \"cents\": 4200, \"note\": \"päckchen\"}"));
        assertThat(read.get("headers")).isEqualTo(JSON.readTree("[\"trace\", \"a-1\"]"));
    }

    private <K, V> void publish(Message<K, V> message, String serializer) {
        Map<String, String> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "topics." + message.topic().alias() + ".value.serializer",
                serializer);
        try (Publisher publisher = Kurier.start(config, message.topic())) {
            publisher.publish(message).join();
        }
    }

    /** Returns the only record, as the option -J prints it. */
    private JsonNode read(String topic) throws IOException, InterruptedException {
        Command.Result kcat = Command.run(
                Path.of("."), "kcat", "-C", "-q", "-J", "-e", "-b", broker.bootstrapServers(), "-t", topic, "-o", "0");
        assertThat(kcat.exitCode()).as(kcat.output()).isZero();
        return JSON.readTree(kcat.output().getBytes(UTF_8));
    }
}
