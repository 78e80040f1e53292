// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    @TempDir
    private Path folder;

    @Test
    void printsEveryKeyWithItsValueAndItsSource() throws IOException {
        CommandRun run = check("good");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(withoutJars(run.out())).isEqualTo(CommandRun.golden("check/good.txt"));
    }

    @Test
    void printsEveryProblemAndEndsWithTwo() throws IOException {
        CommandRun run = check("wrong");
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo(CommandRun.golden("check/wrong.txt"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"confluent", "apicurio"})
    void namesItsOwnKeysForThoseOfARegistrysSerializers(String whose) throws IOException {
        CommandRun run = check(whose);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        CommandRun.assertGolden("check/" + whose + ".txt", run.err());
        assertThat(run.err()).doesNotContain("CANARY");
    }

    @Test
    void showsNeitherSecretsNorWhatAProviderGave() throws IOException {
        for (String output : List.of(
                check("good").out(),
                check("good", "--json").out(),
                check("wrong").err())) {
            assertThat(output).doesNotContain("CANARY").doesNotContain(System.getenv("PATH"));
        }
    }

    @Test
    void printsTheKeysOfTheFramingThatIsChosenAndOfNoOther() throws IOException {
        Path schema = Files.writeString(folder.resolve("order.json"), "{\"type\": \"object\"}");
        Path config = Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=127.0.0.1:9092
                topics=orders
                topics.orders.value.serializer=json
                topics.orders.value.serializer.schema=%s
                topics.orders.value.serializer.framing=confluent-header
                topics.orders.value.serializer.framing.confluent-header.schemas=content
                """.formatted(schema));

        CommandRun run = CommandRun.of("check", config.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()
                        .lines()
                        .filter(line -> line.contains(".framing."))
                        .map(line -> line.replaceAll(" +", " ").replaceFirst("topics.orders.value.serializer.", "")))
                .allMatch(line -> line.startsWith("framing.confluent-header."))
                .contains(
                        "framing.confluent-header.schemas = content # kurier.properties:6",
                        "framing.confluent-header.schemas.folder = # default",
                        "framing.confluent-header.basic.auth.user.info = [hidden] # default");
    }

    @Test
    void takesFurtherFilesAsOverrides() throws IOException {
        Path base = Files.writeString(
                folder.resolve("kurier.properties"), "bootstrap.servers=127.0.0.1:9092\nproducer.linger.ms=1\n");
        Path staging = Files.writeString(folder.resolve("staging.properties"), "producer.linger.ms=2\n");
        Path local = Files.writeString(folder.resolve("local.properties"), "producer.linger.ms=3\n");

        CommandRun run = CommandRun.of("check", base.toString(), staging.toString(), local.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().replaceAll(" +", " "))
                .contains(
                        "producer.linger.ms = 3 # local.properties:1",
                        "bootstrap.servers = 127.0.0.1:9092 # kurier.properties:1");
    }

    @Test
    void saysWhichValuesAreThoseOfTheProfile() throws IOException {
        Path file = Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=127.0.0.1:9092
                profile=durable
                producer.linger.ms=1
                """);
        CommandRun run = CommandRun.of("check", file.toString());
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsSubsequence(
                        "# producer",
                        "profile = durable # kurier.properties:2",
                        "producer.acks = all # fixed by Kurier",
                        "producer.batch.size = 16384 # profile durable",
                        "producer.buffer.memory = 8388608 # profile durable",
                        "producer.compression.type = none # profile durable",
                        "producer.delivery.timeout.ms = 600000 # profile durable",
                        "producer.enable.idempotence = true # fixed by Kurier",
                        "producer.linger.ms = 1 # kurier.properties:3",
                        "producer.max.request.size = 1048576 # default");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void printsWhatAStartWarnsOf() throws IOException {
        Path file = Files.writeString(
                folder.resolve("kurier.properties"),
                "bootstrap.servers=broker-1.example:9093\nsecurity.protocol=SSL\n"
                        + "ssl.endpoint.identification.algorithm=\nsecurity.allow.unverified.hosts=true\n");
        CommandRun run = CommandRun.of("check", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.startsWith("# warning")))
                .containsExactly(
                        "# warning: security.allow.unverified.hosts (kurier.properties:4): host names of brokers"
                                + " may not be verified, because of ssl.endpoint.identification.algorithm (kurier.properties:3)."
                                + " Anyone with a trusted certificate can stand in for a broker. Remove these keys.");
        JsonNode root = new ObjectMapper()
                .readTree(CommandRun.of("check", "--json", file.toString()).out());
        assertThat(root.get("warnings")).hasSize(1);
    }

    @Test
    void refusesPinsThatConnectorsWouldNotKeepTo() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Path pins = Files.writeString(folder.resolve("plugins.sha256"), "0".repeat(64) + "  a.jar\n");
        Path file = Files.writeString(
                folder.resolve("kurier.properties"),
                "bootstrap.servers=127.0.0.1:9092\nplugin.path=" + plugins + "\nplugin.sha256=" + pins + "\n");
        assertThat(CommandRun.of("check", file.toString()).exitCode()).isZero();
        Path connector = Files.writeString(
                folder.resolve("words.properties"), "name=words\nconnector.class=Text\nfile=words.txt\ntopic=words\n");
        CommandRun run = CommandRun.of("check", file.toString(), connector.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("plugin.sha256 (kurier.properties:3): the plugins of connectors in plugin.path are loaded"
                        + " whatever their digests are. Remove the key, and let no other user write to the folders.");
    }

    @Test
    void saysTheSameInJson() throws IOException {
        CommandRun run = check("good", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode root = new ObjectMapper().readTree(run.out());
        assertThat(root.fieldNames()).toIterable().containsExactly("ok", "keys", "warnings");
        assertThat(root.get("ok").booleanValue()).isTrue();
        List<String> keys = new ArrayList<>();
        for (JsonNode key : root.get("keys")) {
            assertThat(key.fieldNames()).toIterable().containsExactly("section", "key", "value", "source", "plugin");
            keys.add(key.get("key").textValue() + " = " + key.get("value").textValue());
        }
        assertThat(keys)
                .contains("producer.linger.ms = 20", "producer.acks = all", "sasl.jaas.config = [hidden]")
                .isEqualTo(check("good")
                        .out()
                        .lines()
                        .filter(line -> line.contains(" = "))
                        .map(line -> line.replaceFirst("\\s*# .*", "").stripTrailing())
                        .map(line -> line.endsWith(" =") ? line + " " : line)
                        .toList());
    }

    @Test
    void saysTheProblemsInJson() throws IOException {
        CommandRun run = check("wrong", "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).isEmpty();
        JsonNode root = new ObjectMapper().readTree(run.out());
        assertThat(root.fieldNames()).toIterable().containsExactly("ok", "problems");
        assertThat(root.get("ok").booleanValue()).isFalse();
        assertThat(root.get("problems")).hasSize(7);
        assertThat(root.get("problems").get(0).textValue())
                .isEqualTo("producer.lingr.ms (kurier.properties:2): unknown key. Did you mean producer.linger.ms?");
    }

    @Test
    void isToldOfTopicsThatOnlyCodeDeclares() throws IOException {
        assertThat(check("code-topics"))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", CommandRun.golden("check/code-topics.txt")));
        CommandRun told = check("code-topics", "--topics", "orders,clicks");
        assertThat(told.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(told.err())
                .startsWith("kurier: topics.clicks.value.serializer (code): missing. Name one of: ")
                .doesNotContain("topics.orders");
        assertThat(check("code-topics", "--topics", "orders").exitCode()).isZero();
    }

    @Test
    void endsWithOneLineAndTwoIfThereIsNoSuchFile() {
        Path absent = folder.resolve("absent.properties");
        assertThat(CommandRun.of("check", absent.toString()))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE, "", "kurier: " + absent + ": no such file; name a properties file\n"));
        assertThat(CommandRun.of("check", folder.toString()))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE, "", "kurier: " + folder + ": a directory; name a properties file\n"));
        assertThat(CommandRun.of("check"))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE, "", "kurier: Missing required parameter: 'FILE'; see kurier check --help\n"));
    }

    @Test
    void saysThatAFileCannotBeRead() throws IOException {
        Path file = Files.createFile(folder.resolve("closed.properties"));
        assertThat(file.toFile().setReadable(false)).isTrue();
        CommandRun run = CommandRun.of("check", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        // who may read everything sees an empty file, in which the address is missing
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: ")
                .containsAnyOf("cannot be read", "bootstrap.servers: missing");
    }

    private CommandRun check(String name, String... options) throws IOException {
        Path file = folder.resolve("kurier.properties");
        try (InputStream golden = Objects.requireNonNull(
                CheckCommandTest.class.getResourceAsStream("check/" + name + ".properties"), name)) {
            Files.write(file, golden.readAllBytes());
        }
        List<String> arguments = new ArrayList<>(List.of("check", file.toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** A jar in a release, a folder in a build: both become the module's name. */
    private static String withoutJars(String output) {
        return output.replaceAll(", \\S*/?(text|json|avro|protobuf|media|partitioners)/target/\\S+", ", $1.jar")
                .replaceAll(", kurier-(?:serializer-)?(\\w+)-\\S+\\.jar", ", $1.jar");
    }
}
