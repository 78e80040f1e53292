// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private static final List<String> FOUND = List.of(
            "serializer avro",
            "serializer json",
            "serializer media",
            "serializer protobuf",
            "serializer text",
            "partitioner murmur2",
            "partitioner round-robin",
            "connector io.kurier.plugins.avro.AvroSourceConnector",
            "connector io.kurier.plugins.json.JsonSourceConnector",
            "connector io.kurier.plugins.media.MediaSourceConnector",
            "connector io.kurier.plugins.protobuf.ProtobufSourceConnector",
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
    }

    @Test
    void saysTheSameInJson() throws Exception {
        CommandRun run = CommandRun.of("doctor", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode root = new ObjectMapper().readTree(run.out());
        assertThat(root.fieldNames()).toIterable().containsExactly("plugins", "broken");
        assertThat(root.get("broken")).isEmpty();
        List<String> found = new ArrayList<>();
        for (JsonNode plugin : root.get("plugins")) {
            assertThat(plugin.fieldNames()).toIterable().containsExactly("kind", "name", "aliases", "version", "jar");
            assertThat(plugin.get("version").textValue()).isNotBlank();
            assertThat(plugin.get("jar").textValue()).isNotBlank();
            found.add(plugin.get("kind").textValue() + " " + plugin.get("name").textValue());
        }
        assertThat(found).isEqualTo(FOUND);
    }
}
