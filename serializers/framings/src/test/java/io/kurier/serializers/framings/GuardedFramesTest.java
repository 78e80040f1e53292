// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.TypeRef;
import io.kurier.testkit.FakeKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guard {@code json-schema} finds the JSON behind each frame, and asks no source of schemas for that. */
@Timeout(60)
class GuardedFramesTest {
    private static final Topic<String, Map<String, Integer>> DOCUMENTS =
            Topic.of("documents", new TypeRef<String>() {}, new TypeRef<Map<String, Integer>>() {});
    private static final String VALUE = "topics.documents.value.serializer";

    @TempDir
    private Path temporary;

    private final FakeKafka kafka = new FakeKafka();

    private Map<String, String> config(String framing, String key, String value) throws IOException {
        Path strict = Files.writeString(temporary.resolve("strict.json"), "{\"required\":[\"total\"]}");
        Path open = Files.writeString(temporary.resolve("open.json"), "{\"type\":\"object\"}");
        Map<String, String> config = new HashMap<>(Map.of(
                VALUE,
                "json",
                VALUE + ".schema",
                open.toString(),
                VALUE + ".framing",
                framing,
                "topics.documents.guards",
                "json-schema",
                "topics.documents.guard.json-schema.schema",
                strict.toString()));
        if (key != null) {
            config.put(VALUE + ".framing." + framing + "." + key, value);
        }
        return config;
    }

    private void checks(Map<String, String> config) {
        try (Publisher publisher = kafka.start(config, DOCUMENTS)) {
            publisher.publish(DOCUMENTS, "k", Map.of("total", 1)).join();
            assertThatThrownBy(() -> publisher
                            .publish(DOCUMENTS, "k", Map.of("other", 1))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .hasMessageEndingWith("strict.json at $: required total")
                    .isInstanceOfSatisfying(
                            PublishException.class,
                            refused -> assertThat(refused.stage()).isEqualTo(Stage.GUARD));
        }
        assertThat(kafka.records(DOCUMENTS)).hasSize(1);
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
    void ofEachFraming(String framing, String key, String value) throws IOException {
        Folder folder = new Folder(Files.createDirectory(temporary.resolve("schemas")))
                .with("open.json", "{\"type\":\"object\"}")
                .ids("7=open.json");
        Map<String, String> config = config(framing, key, value);
        if (!framing.equals("none")) {
            Frames.file(folder).forEach((name, of) -> config.put(VALUE + ".framing." + framing + "." + name, of));
        }
        checks(config);
    }

    @Test
    void aSourceThatAsksAServerIsAskedByTheSerializerOnly() throws IOException {
        String server = UUID.randomUUID().toString();
        ByTopicPlugin.server(server).response.complete(null); // it knows the id of each schema, and the schema of none
        Map<String, String> config = config("confluent", "schemas", "by-topic");
        config.put(VALUE + ".framing.confluent.schemas.by-topic.server", server);
        checks(config);
    }
}
