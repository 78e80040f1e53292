// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class TopicsCommandTest {

    @Test
    void listsPartitionsReplicasAndSizes(LocalBroker broker, TestTopics topics, @TempDir Path folder) throws Exception {
        String empty = topics.create("empty", 3);
        String filled = topics.create("filled", 1);
        Path file = Files.writeString(folder.resolve("a.txt"), "0123456789\n".repeat(1_000));
        String bootstrap = "--bootstrap=" + broker.bootstrapServers();
        assertThat(CommandRun.of("publish", bootstrap, "--topic", filled, "--serializer=text", file.toString()))
                .isEqualTo(new CommandRun(0, "1,000 stored, 0 failed\n", ""));

        CommandRun run = CommandRun.of("topics", bootstrap);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().findFirst())
                .hasValueSatisfying(titles -> assertThat(titles).matches("topic +partitions +replicas +size"));
        assertThat(row(run, empty)).containsExactly(empty, "3", "1", "0 B");
        assertThat(row(run, filled).subList(0, 3)).containsExactly(filled, "1", "1");
        assertThat(row(run, filled).get(3)).endsWith(" kB");
        assertThat(run.out()).doesNotContain("__consumer_offsets");

        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of("topics", bootstrap, "--json").out());
        JsonNode object = null;
        for (JsonNode each : json) {
            object = each.get("topic").asText().equals(empty) ? each : object;
        }
        assertThat(object)
                .hasToString(
                        "{\"topic\":\"" + empty + "\",\"partitions\":3,\"replicas\":1,\"bytes\":0,\"internal\":false}");
    }

    @Test
    void listsInternalTopicsIfItIsToldTo() throws Exception {
        try (LocalBroker broker = LocalBroker.builder().start();
                ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
            String bootstrap = "--bootstrap=" + broker.bootstrapServers();
            assertThat(CommandRun.of("topics", bootstrap))
                    .isEqualTo(new CommandRun(0, "", "kurier: the cluster has no topic that this principal may see\n"));
            assertThat(CommandRun.of("topics", bootstrap, "--json")).isEqualTo(new CommandRun(0, "[]\n", ""));
            admin.createTopics(List.of(new NewTopic("__consumer_offsets", Optional.of(2), Optional.of((short) 1))));
            assertThat(CommandRun.of("topics", bootstrap).out()).isEmpty();
            assertThat(row(CommandRun.of("topics", bootstrap, "--internal"), "__consumer_offsets"))
                    .containsExactly("__consumer_offsets", "2", "1", "0 B");
        }
    }

    @Test
    void showsNoSizesToAPrincipalThatMayNotSeeThem(@TempDir Path folder) throws Exception {
        try (LocalBroker secured = LocalBroker.builder()
                        .user("admin", "admin-secret")
                        .user("milena", "milena-secret")
                        .acls("admin")
                        .start();
                ClusterAdmin admin = ClusterAdmin.connect(secured.clientProperties("admin"))) {
            admin.createTopics(List.of(
                    new NewTopic("seen", Optional.of(1), Optional.of((short) 1)),
                    new NewTopic("hidden", Optional.of(1), Optional.of((short) 1))));
            admin.createAcls(List.of(new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, "seen", PatternType.LITERAL),
                    new AccessControlEntry("User:milena", "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW))));
            Path config = folder.resolve("kurier.properties");
            Files.write(
                    config,
                    secured.clientProperties("milena").entrySet().stream()
                            .map(key -> key.getKey() + "=" + key.getValue())
                            .toList());
            CommandRun run = CommandRun.of("topics", "--config=" + config);
            assertThat(run.err()).isEmpty();
            assertThat(row(run, "seen")).containsExactly("seen", "1", "1", "-");
            assertThat(run.out()).doesNotContain("hidden");
        }
    }

    @Test
    void saysThatThereIsNoBroker(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(CommandRun.of("topics"))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE,
                        "",
                        "kurier: no cluster is named; name a broker by --bootstrap HOST:PORT, or a file with"
                                + " bootstrap.servers by --config\n"));
        assertThat(CommandRun.of("topics", "--bootstrap=127.0.0.1:" + port).err())
                .startsWith("kurier: --bootstrap 127.0.0.1:" + port + ": no broker listens there (");
        Path config = Files.writeString(folder.resolve("k.properties"), "bootstrap.servers=127.0.0.1:" + port + "\n");
        CommandRun run = CommandRun.of("topics", "--config=" + config);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: no broker answered at 127.0.0.1:" + port + " within 6 s (");
    }

    private static List<String> row(CommandRun run, String topic) {
        return run.out()
                .lines()
                .filter(line -> line.startsWith(topic + " "))
                .findFirst()
                .map(line -> List.of(line.split(" {2,}")))
                .orElseThrow(() -> new AssertionError(run.toString()));
    }
}
