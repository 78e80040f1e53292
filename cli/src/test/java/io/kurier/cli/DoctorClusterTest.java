// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurier doctor --config}: faults are planted, and each is found with what to do. */
@Timeout(180)
class DoctorClusterTest {
    private static final LocalBroker BROKER = LocalBroker.builder()
            .user("admin", "admin-secret")
            .user("milena", "milena-secret")
            .acls("admin")
            .start();

    @TempDir
    private Path folder;

    @BeforeAll
    static void createTopics() {
        try (ClusterAdmin admin = ClusterAdmin.connect(BROKER.clientProperties("admin"))) {
            List.of("orders", "sealed").forEach(topic -> admin.createTopic(topic, 1));
            admin.createTopic("narrow", 2);
            admin.createAcls(List.of(
                    allowed(ResourceType.TOPIC, "sealed", AclOperation.DESCRIBE),
                    allowed(ResourceType.TOPIC, "orders", AclOperation.WRITE)));
        }
    }

    private static AclBinding allowed(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:milena", "*", operation, AclPermissionType.ALLOW));
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void saysWhatIsInOrderLikeTheGoldenFile() throws Exception {
        CommandRun run = CommandRun.of("doctor", "--config=" + config("admin", "orders"));

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err())
                .matches(
                        "creating the topic kurier-doctor-\\w+ \\(partitions=1, message.timestamp.type=LogAppendTime\\),"
                                + " publishing 21 small records to it, and deleting it; --no-write leaves that out\n");
        CommandRun.assertGolden("doctor-cluster.txt", stable(findings(run)));
        assertThat(CommandRun.of("topics", "--config=" + config("admin")).out())
                .contains("orders")
                .doesNotContain("kurier-doctor-");
    }

    @Test
    void findsPlantedFaultsLikeTheGoldenFile() throws Exception {
        Path config = config(
                "admin",
                "orders",
                "narrow",
                "gone",
                "topics.narrow.partitions=6",
                "topics.narrow.replication.factor=3",
                "topics.orders.config.retention.ms=1000",
                "application.id=shop");

        CommandRun run = CommandRun.of("doctor", "--no-write", "--config=" + config);

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.err()).isEmpty();
        CommandRun.assertGolden("doctor-faults.txt", stable(findings(run)));
    }

    @Test
    void findsRightsThatAreMissingLikeTheGoldenFile() throws Exception {
        CommandRun run = CommandRun.of(
                "doctor", "--config=" + config("milena", "orders", "sealed", "hidden", "application.id=shop"));

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.DIFFERS);
        CommandRun.assertGolden("doctor-rights.txt", stable(findings(run)));
        assertThat(run.out() + run.err()).doesNotContain("milena-secret");
    }

    @Test
    void everyFindingThatIsNotInOrderHasAdviceAlsoInJson() throws Exception {
        CommandRun run = CommandRun.of(
                "doctor", "--json", "--no-write", "--config=" + config("milena", "orders", "sealed", "hidden"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        JsonNode root = new ObjectMapper().readTree(run.out());
        assertThat(root.fieldNames()).toIterable().containsExactly("plugins", "broken", "warnings", "findings");
        List<String> checks = new ArrayList<>();
        for (JsonNode finding : root.get("findings")) {
            assertThat(finding.fieldNames())
                    .toIterable()
                    .containsExactly("severity", "check", "where", "what", "why", "advice");
            String severity = finding.get("severity").textValue();
            assertThat(severity).isIn("ok", "warning", "problem");
            assertThat(finding.get("advice").textValue().isEmpty())
                    .as(finding.toString())
                    .isEqualTo(severity.equals("ok"));
            checks.add(severity + " " + finding.get("check").textValue());
        }
        assertThat(checks).contains("problem rights", "problem topic-missing", "ok connection");
    }

    @Test
    void saysWhyNoBrokerAnswers() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        CommandRun run = CommandRun.of("doctor", "--bootstrap=127.0.0.1:" + port);

        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(findings(run).replace(String.valueOf(port), "PORT"))
                .startsWith("problem: cluster at 127.0.0.1:PORT: no broker answered at 127.0.0.1:PORT within 6 s"
                        + " (bootstrap.servers (--bootstrap)); ")
                .contains("\n  do: Correct that first: check the address")
                .contains("\nok: security.protocol: PLAINTEXT, to brokers on this machine only\n")
                .endsWith("1 problem, 0 warnings, 1 ok\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aLogInThatIsRefusedIsAFinding() throws Exception {
        Path config = config("milena", "orders");
        Files.writeString(config, Files.readString(config).replace("milena-secret", "wrong-secret"));
        CommandRun run = CommandRun.of("doctor", "--config=" + config);

        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(findings(run)).startsWith("problem: cluster at 127.0.0.1:").doesNotContain("wrong-secret");
    }

    @Test
    void aConfigurationWithProblemsIsWrongUsage() throws Exception {
        Path config = config("admin", "orders", "nonsense=1");
        CommandRun run = CommandRun.of("doctor", "--config=" + config);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("nonsense");
    }

    @Test
    void takesTopicsThatOnlyCodeDeclares() throws Exception {
        Path config = config("admin");
        CommandRun run = CommandRun.of("doctor", "--no-write", "--topics=orders,gone", "--config=" + config);

        assertThat(findings(run))
                .contains("problem: topics.gone: the topic gone does not exist at ")
                .contains("ok: topics.orders, topic orders: it is as declared\n");
    }

    @Test
    void saysThatAFileNamesNoCluster() throws Exception {
        Path config = Files.writeString(folder.resolve("plugins.properties"), "");
        CommandRun run = CommandRun.of("doctor", "--config=" + config);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualTo("kurier: " + config + " has no bootstrap.servers, so no cluster was examined\n");
    }

    /** A file of a user with topics, as words, and other keys, as lines. */
    private Path config(String user, String... topicsAndLines) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> key : BROKER.clientProperties(user).entrySet()) {
            lines.add(key.getKey() + "=" + key.getValue());
        }
        List<String> topics = new ArrayList<>();
        for (String each : topicsAndLines) {
            (each.contains("=") ? lines : topics).add(each);
        }
        lines.sort(null);
        topics.forEach(topic -> lines.add("topics." + topic + ".value.serializer=text"));
        if (!topics.isEmpty()) {
            lines.add("topics=" + String.join(",", topics));
        }
        return Files.write(folder.resolve("kurier.properties"), lines);
    }

    /** What follows the list of plugins. */
    private static String findings(CommandRun run) {
        return run.out().substring(run.out().indexOf("\n\n") + 2);
    }

    private String stable(String text) {
        return text.replace(String.valueOf(BROKER.port()), "PORT")
                .replaceAll("kurier-doctor-\\w+", "kurier-doctor-NAME")
                .replaceAll("it answers: id \\S+,", "it answers: id ID,")
                .replaceAll("[0-9,.]+ ms", "N ms")
                .replaceAll("(ahead of|behind) that", "AHEAD OR BEHIND that")
                .replace(folder.toString(), "FOLDER")
                .replaceAll("\\(kurier.properties:\\d+\\)", "(kurier.properties:LINE)");
    }
}
