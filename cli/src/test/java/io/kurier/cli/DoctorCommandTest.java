// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.partitioners.Murmur2Plugin;
import io.kurier.partitioners.RoundRobinPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path folder;

    private static final List<String> FOUND = List.of(
            "serializer avro",
            "serializer boolean",
            "serializer double",
            "serializer float",
            "serializer integer",
            "serializer json",
            "serializer long",
            "serializer media",
            "serializer protobuf",
            "serializer short",
            "serializer text",
            "serializer uuid",
            "framing apicurio",
            "framing confluent",
            "framing confluent-header",
            "framing detect",
            "framing single-object",
            "guard encrypt",
            "guard json-schema",
            "guard sign",
            "partitioner crc32",
            "partitioner field",
            "partitioner fixed",
            "partitioner fnv1a",
            "partitioner header",
            "partitioner kafkajs-legacy",
            "partitioner least-loaded",
            "partitioner murmur2",
            "partitioner rendezvous",
            "partitioner round-robin",
            "partitioner spread",
            "connector io.kurier.plugins.avro.AvroSourceConnector",
            "connector io.kurier.plugins.json.JsonSourceConnector",
            "connector io.kurier.plugins.media.MediaSourceConnector",
            "connector io.kurier.plugins.protobuf.ProtobufSourceConnector",
            "connector io.kurier.plugins.text.CsvSourceConnector",
            "connector io.kurier.plugins.text.TextSourceConnector");

    @Test
    void listsEveryPluginWithItsKindNameVersionAndJarInAFixedOrder() {
        CommandRun run = CommandRun.of("doctor");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).matches("kind +name +version +jar");
        assertThat(lines.subList(1, lines.size())).hasSameSizeAs(FOUND);
        for (int row = 0; row < FOUND.size(); row++) {
            assertThat(lines.get(row + 1).replaceAll(" +", " ")).startsWith(FOUND.get(row));
        }
        assertThat(run.out()).contains("text (also bytes)");
        assertThat(run.out()).containsPattern("serializer +uuid +[0-9.]+ +kafka-clients-[0-9.]+jar");
    }

    @Test
    void saysTheSameInJson() throws Exception {
        CommandRun run = CommandRun.of("doctor", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode root = new ObjectMapper().readTree(run.out());
        assertThat(root.fieldNames()).toIterable().containsExactly("plugins", "broken", "warnings");
        assertThat(root.get("broken")).isEmpty();
        assertThat(root.get("warnings")).isEmpty();
        List<String> found = new ArrayList<>();
        for (JsonNode plugin : root.get("plugins")) {
            assertThat(plugin.fieldNames()).toIterable().containsExactly("kind", "name", "aliases", "version", "jar");
            assertThat(plugin.get("version").textValue()).isNotBlank();
            assertThat(plugin.get("jar").textValue()).isNotBlank();
            found.add(plugin.get("kind").textValue() + " " + plugin.get("name").textValue());
        }
        assertThat(found).isEqualTo(FOUND);
    }

    @Test
    void looksIntoTheFoldersOfThePluginPath() throws Exception {
        partitionersOfKurier(folder.resolve("plugins/again/again.jar"));
        Path file = Files.writeString(
                folder.resolve("kurier.properties"), "nonsense=1\nplugin.path=" + folder.resolve("plugins") + "\n");

        for (String[] arguments : List.of(new String[] {"doctor", "--config", file.toString()}, new String[] {
            "doctor", "--plugin-path", folder.resolve("plugins").toString()
        })) {
            CommandRun run = CommandRun.of(arguments);
            assertThat(run.exitCode()).as("warnings only").isZero();
            assertThat(run.out().replaceAll(" +", " "))
                    .contains("partitioner murmur2 (also murmur2_random) 9.9 plugins/again/again.jar")
                    .contains(
                            "warning: plugins/again/again.jar: its partitioner has the name \"murmur2\", and so has one in ")
                    .doesNotContain("broken");
        }
    }

    @Test
    void listsTheConnectorsOfFolders() throws Exception {
        PluginJar.of(
                SourceConnector.class, folder.resolve("plugins/shop/shop.jar"), List.of(PluginsWithKeys.Shop.class));

        CommandRun run = CommandRun.of(
                "doctor", "--plugin-path", folder.resolve("plugins").toString());

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out().replaceAll(" +", " "))
                .contains("connector io.kurier.cli.PluginsWithKeys$Shop plugins/shop plugins/shop/shop.jar\n")
                .contains("connector io.kurier.plugins.text.TextSourceConnector ");
    }

    @Test
    void whatIsBrokenEndsItWithOne() throws Exception {
        partitionersOfKurier(folder.resolve("again.jar"));
        Files.writeString(folder.resolve("bad.jar"), "no jar");
        String where = folder.getFileName() + "/bad.jar";

        CommandRun run = CommandRun.of("doctor", "--plugin-path", folder.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("broken plugin: " + where + ": not a jar, or cut short (6 bytes). Copy it anew.\n");

        CommandRun inJson = CommandRun.of("doctor", "--json", "--plugin-path", folder.toString());
        assertThat(inJson.exitCode()).isEqualTo(1);
        JsonNode broken = new ObjectMapper().readTree(inJson.out()).get("broken");
        assertThat(broken).hasSize(1);
        assertThat(broken.get(0).fieldNames()).toIterable().containsExactly("jar", "kind", "reason");
        assertThat(broken.get(0).get("jar").textValue()).isEqualTo(where);
        assertThat(new ObjectMapper().readTree(inJson.out()).get("warnings")).hasSize(3);
    }

    @Test
    void aNameForgesNoLineAndIsNoCommandToATerminal() throws Exception {
        partitionersOfKurier(folder.resolve("plugins/evil\nserializer json 9.9 \u001b[2J\u202egpj/a.jar"));
        Files.writeString(folder.resolve("plugins/worse\nbroken.jar"), "no jar");

        CommandRun run = CommandRun.of(
                "doctor", "--plugin-path", folder.resolve("plugins").toString());

        assertThat(run.out())
                .contains("plugins/evil\\nserializer json 9.9 \\u001b[2J\\u202egpj/a.jar")
                .contains("broken plugin: plugins/worse\\nbroken.jar: not a jar")
                .doesNotContain("\u001b", "\u202e");
        assertThat(run.out().lines()).noneMatch(line -> line.startsWith("serializer json 9.9"));
    }

    @Test
    void aFolderThatIsNotThereIsWrongUsage() {
        CommandRun run = CommandRun.of("doctor", "--plugin-path", "no-such-folder");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("kurier: plugin.path (--plugin-path): \"no-such-folder\" is not there");
    }

    /** Two of Kurier's own partitioners in a jar of plugins; a plugin's copy of them is the plugin's. */
    private static void partitionersOfKurier(Path jar) throws IOException {
        PluginJar.ofPartitioners(jar, List.of(Murmur2Plugin.class, RoundRobinPlugin.class));
    }
}
