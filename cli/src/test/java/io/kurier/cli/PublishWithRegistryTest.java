// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurier publish} and {@code kurier read} with the ids of a registry, or of a folder. */
@WithKafka
class PublishWithRegistryTest {
    private static final String ORDER =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}";

    @TempDir
    private Path folder;

    private String bootstrap;
    private TestTopics topics;
    private StubRegistry registry;
    private Path schema;
    private Path input;

    @BeforeEach
    void connect(LocalBroker broker, TestTopics shared) throws IOException {
        bootstrap = broker.bootstrapServers();
        topics = shared;
        registry = new StubRegistry();
        schema = Files.writeString(folder.resolve("order.avsc"), ORDER);
        input = Files.writeString(folder.resolve("orders.jsonl"), "{\"id\":1}\n");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void writesTheIdOfTheRegistryAndReadsBySchemasOfTheRegistryOnly() throws Exception {
        String topic = topics.create("registry", 1);
        registry.has(topic + "-value", 1, 258, "AVRO", ORDER, "{}")
                .answer(
                        "POST /subjects/" + topic + "-value",
                        200,
                        "{\"subject\":\"" + topic + "-value\",\"version\":1,\"id\":258}");
        String[] keys = {"--set=schemas=registry", "--set=schema.registry.url=" + registry.url()};
        assertThat(publish(topic, keys)).isEqualTo(new CommandRun(0, "1 stored, 0 failed\n", ""));
        assertThat(topics.readAll(topic))
                .singleElement()
                .satisfies(record -> assertThat(HexFormat.of().formatHex(Objects.requireNonNull(record.value())))
                        .isEqualTo("000000010202"));
        assertThat(registry.requests())
                .extracting(StubRegistry.Request::call)
                .containsExactly("POST /subjects/" + topic + "-value");

        CommandRun read = read(topic, keys);
        assertThat(read.err()).isEmpty();
        assertThat(read.out()).endsWith("\t{\"id\":1}\n");
    }

    @Test
    void writesTheIdOfAFolder() throws Exception {
        String topic = topics.create("folder", 1);
        Files.writeString(folder.resolve("ids.properties"), "258=order.avsc\n");
        String[] keys = {"--set=schemas=file", "--set=schemas.folder=" + folder};
        assertThat(publish(topic, keys)).isEqualTo(new CommandRun(0, "1 stored, 0 failed\n", ""));
        assertThat(read(topic, keys).out()).endsWith("\t{\"id\":1}\n");
    }

    @Test
    void showsNoPasswordIfTheRegistryRefusesIt() throws Exception {
        String topic = topics.create("refused", 1);
        registry.answer("POST /subjects/" + topic + "-value", 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
        CommandRun run = publish(
                topic,
                "--set=schemas=registry",
                "--set=schema.registry.url=" + registry.url(),
                "--set=basic.auth.user.info=CANARY:sesame");
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("401").doesNotContain("CANARY", "sesame");
        assertThat(topics.readAll(topic)).isEmpty();
    }

    @Test
    void passesOnTheErrorsOfTheLibrary() throws Exception {
        String topic = topics.create("wrong", 1);
        CommandRun unknown = publish(topic, "--set=schemas=registry", "--set=schema.registry.nonsense=CANARY");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err())
                .contains("schema.registry.nonsense (--set): unknown key")
                .doesNotContain("CANARY");
        CommandRun address = publish(topic, "--set=schemas=registry");
        assertThat(address.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(address.err()).contains("schema.registry.url");
    }

    private CommandRun publish(String topic, String... keys) {
        List<String> all = new ArrayList<>(List.of(
                "publish", "--bootstrap=" + bootstrap, "--topic=" + topic, "--serializer=avro", "--schema=" + schema));
        all.addAll(List.of(keys));
        all.add(input.toString());
        return CommandRun.of(all.toArray(String[]::new));
    }

    private CommandRun read(String topic, String... keys) {
        List<String> all =
                new ArrayList<>(List.of("read", "--bootstrap=" + bootstrap, "--topic=" + topic, "--serializer=avro"));
        all.addAll(List.of(keys));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
