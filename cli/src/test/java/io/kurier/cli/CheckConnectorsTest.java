// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurier check} with files of connectors. */
class CheckConnectorsTest {
    @TempDir
    private Path folder;

    private Path web;

    @BeforeEach
    void writeAConnector() throws IOException {
        web = Files.writeString(folder.resolve("web.properties"), """
                name=web
                connector.class=TextSource
                path=%s
                topic=web-log
                topic.creation.default.partitions=3
                topic.creation.default.retention.ms=86400000
                """.formatted(folder));
    }

    @Test
    void printsTheKeysOfAConnectorAndOfItsTopic() throws IOException {
        CommandRun run = CommandRun.of("check", web.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().replaceAll(" +", " "))
                .startsWith("# connector web\nconnector.class = TextSource # web.properties:2\n")
                .contains(
                        "\nname = web # web.properties:1\n",
                        "\npath = " + folder + " # web.properties:3\n",
                        "\ncharset = UTF-8 # default\n",
                        "\ntasks.max = 1 # default\n",
                        "\n# topic web-log\n",
                        "\ntopics.web-log.partitions = 3 # web.properties:5\n",
                        "\ntopics.web-log.config.retention.ms = 86400000 # web.properties:6\n")
                .containsPattern("\ntopics.web-log.value.serializer = text # web.properties, \\S+\n")
                .doesNotContain("bootstrap.servers", "# producer");
    }

    @Test
    void checksAConnectorTogetherWithThePublishersFile() throws IOException {
        Path config = Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=127.0.0.1:9092
                topics=web-log
                topics.web-log.partitions=3
                """);
        CommandRun run = CommandRun.of("check", config.toString(), web.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().replaceAll(" +", " "))
                .contains(
                        "# connector web\n",
                        "\nbootstrap.servers = 127.0.0.1:9092 # kurier.properties:1\n",
                        "\ntopics.web-log.partitions = 3 # kurier.properties:3\n",
                        "\ntopics.web-log.config.retention.ms = 86400000 # web.properties:6\n");
    }

    @Test
    void printsEveryProblemOfBothAndEndsWithTwo() throws IOException {
        Path config = Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=127.0.0.1:9092
                topics=web-log
                topics.web-log.partitions=6
                produser.linger.ms=5
                """);
        Path second = Files.writeString(folder.resolve("second.properties"), """
                name=web
                connector.class=TextSouce
                tasks.max=0
                topic=other
                """);

        CommandRun run = CommandRun.of("check", config.toString(), web.toString(), second.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        CommandRun.assertGolden("check/connectors.txt", run.err().replace(folder + "/", ""));

        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of("check", "--json", config.toString(), web.toString(), second.toString())
                        .out());
        assertThat(json.get("ok").booleanValue()).isFalse();
        assertThat(json.get("problems")).hasSize((int) run.errLines().stream()
                .filter(line -> line.matches(" +[0-9]+\\. .*"))
                .count());
    }

    @Test
    void hidesSecretsOfAConnector() throws IOException {
        Files.writeString(web, Files.readString(web) + "my.password=CANARY\n");
        for (CommandRun run :
                List.of(CommandRun.of("check", web.toString()), CommandRun.of("check", "--json", web.toString()))) {
            assertThat(run.out() + run.err()).doesNotContain("CANARY");
        }
    }
}
