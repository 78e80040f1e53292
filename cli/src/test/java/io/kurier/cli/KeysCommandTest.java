// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    @TempDir
    private Path folder;

    @Test
    void listsTheKeysOfThePublisherOfATopicAndOfEachPluginInAFixedOrder() {
        CommandRun run = CommandRun.of("keys");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.startsWith("#")).map(line -> line.replaceFirst(":.*", "")))
                .containsExactly(
                        "# publisher",
                        "# topic",
                        "# serializer avro",
                        "# serializer json",
                        "# serializer media",
                        "# serializer protobuf",
                        "# serializer text",
                        "# framing apicurio",
                        "# framing confluent",
                        "# framing confluent-header",
                        "# framing detect",
                        "# framing single-object",
                        "# guard encrypt",
                        "# guard json-schema",
                        "# guard sign",
                        "# partitioner crc32",
                        "# partitioner field",
                        "# partitioner fixed",
                        "# partitioner fnv1a",
                        "# partitioner header",
                        "# partitioner kafkajs-legacy",
                        "# partitioner least-loaded",
                        "# partitioner murmur2",
                        "# partitioner rendezvous",
                        "# partitioner round-robin",
                        "# partitioner spread",
                        "# connector io.kurier.plugins.avro.AvroSourceConnector",
                        "# connector io.kurier.plugins.json.JsonSourceConnector",
                        "# connector io.kurier.plugins.media.MediaSourceConnector",
                        "# connector io.kurier.plugins.protobuf.ProtobufSourceConnector",
                        "# connector io.kurier.plugins.text.CsvSourceConnector",
                        "# connector io.kurier.plugins.text.TextSourceConnector");
    }

    @Test
    void saysOfEachKeyItsTypeDefaultValidValuesAndMeaning() {
        assertThat(CommandRun.of("keys").out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsSubsequence(
                        "# publisher",
                        "key type default valid values",
                        "bootstrap.servers list must be set",
                        " addresses of brokers, separated by commas, such as `127.0.0.1:9092`",
                        "transactions.producers int 4 [1,...,100]",
                        "",
                        "# topic",
                        "topics.<alias>.record.id boolean false",
                        "topics.<alias>.max.record.bytes int no limit [1,...]",
                        "# serializer text: topics.<alias>.key.serializer.<key>,"
                                + " topics.<alias>.value.serializer.<key>, serializer.text.<key>",
                        "key type default valid values",
                        "charset string UTF-8 the name of a charset",
                        "# framing single-object",
                        "# partitioner murmur2: topics.<alias>.partitioner.<key>",
                        "null.key string kafka [kafka, hash]",
                        "# partitioner rendezvous",
                        "no keys")
                .noneMatch(line -> line.length() > 130);
    }

    @Test
    void saysTheSameInJson() throws IOException {
        CommandRun run = CommandRun.of("keys", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode root = new ObjectMapper().readTree(run.out());
        List<String> keys = new ArrayList<>();
        for (JsonNode key : root) {
            assertThat(key.fieldNames())
                    .toIterable()
                    .containsExactly("kind", "plugin", "key", "type", "default", "required", "valid", "documentation");
            assertThat(key.get("documentation").textValue()).isNotBlank();
            keys.add(key.get("key").textValue());
        }
        assertThat(keys)
                .isEqualTo(CommandRun.of("keys")
                        .out()
                        .lines()
                        .filter(line -> !line.isEmpty()
                                && !line.startsWith("#")
                                && !line.startsWith(" ")
                                && !line.matches("key +type .*")
                                && !line.equals("no keys"))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
        assertThat(root).contains(new ObjectMapper().readTree("""
                                        {"kind":"topic","plugin":null,"key":"topics.<alias>.key.required","type":"boolean",
                                        "default":"false","required":false,"valid":null,
                                        "documentation":"`true`: every record must have a key"}"""), new ObjectMapper().readTree("""
                                        {"kind":"serializer","plugin":"text","key":"charset","type":"string",
                                        "default":"UTF-8","required":false,"valid":"the name of a charset",
                                        "documentation":"The charset of text, by any name that Java knows. The alias 'bytes' takes none."}"""));
    }

    @Test
    void showsNoDefaultOfASecretAndLetsNoPluginForgeALine() throws IOException {
        PluginJar.ofPartitioners(folder.resolve("a/secretive.jar"), List.of(PluginsWithKeys.Secretive.class));
        Path file = Files.writeString(folder.resolve("kurier.properties"), "plugin.path=" + folder.resolve("a") + "\n");

        CommandRun run = CommandRun.of("keys", "--config", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsSubsequence(
                        "# partitioner secretive: topics.<alias>.partitioner.<key>",
                        "pin password [hidden]",
                        " a pin \\u001b[2J",
                        "api.token string [hidden]",
                        "level int must be set");
        assertThat(run.out()
                        + CommandRun.of("keys", "--json", "--config", file.toString())
                                .out())
                .contains("\"key\":\"pin\",\"type\":\"password\",\"default\":\"[hidden]\"")
                .doesNotContain("CANARY");
    }

    @Test
    void listsTheKeysOfConnectorsOfFolders() throws IOException {
        PluginJar.of(
                SourceConnector.class, folder.resolve("plugins/shop/shop.jar"), List.of(PluginsWithKeys.Shop.class));

        CommandRun run =
                CommandRun.of("keys", "--plugin-path", folder.resolve("plugins").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsSubsequence(
                        "# connector io.kurier.cli.PluginsWithKeys$Shop",
                        "key type default valid values",
                        "shop string plugins/shop");
    }

    @Test
    void aPluginThatDoesNotNameItsKeysHidesNoOtherAndEndsItWithOne() throws IOException {
        PluginJar.ofPartitioners(
                folder.resolve("two.jar"), List.of(PluginsWithKeys.Secretive.class, PluginsWithKeys.Silent.class));
        Files.writeString(folder.resolve("bad.jar"), "no jar");

        for (List<String> arguments : List.of(List.of("keys"), List.of("keys", "--json"))) {
            List<String> all = new ArrayList<>(arguments);
            all.addAll(List.of("--plugin-path", folder.toString()));
            CommandRun run = CommandRun.of(all.toArray(String[]::new));

            assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
            assertThat(run.out()).contains("secretive", "TextSourceConnector").doesNotContain("silent");
            assertThat(run.errLines())
                    .containsExactlyInAnyOrder(
                            "kurier: " + folder.getFileName() + "/bad.jar: not a jar, or cut short (6 bytes). Copy it"
                                    + " anew.",
                            "kurier: the keys of the partitioner silent in " + folder.getFileName()
                                    + "/two.jar are not known: java.lang.IllegalStateException: no keys today");
        }
    }

    @Test
    void aFolderThatIsNotThereIsWrongUsage() {
        CommandRun run = CommandRun.of("keys", "--plugin-path", "no-such-folder");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("kurier: plugin.path (--plugin-path): \"no-such-folder\" is not there");
    }
}
