// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class TuneCommandTest {
    private static final String[] SHORT = {"--seconds=0.02", "--rounds=1", "--compression=none,lz4"};

    @TempDir
    private Path folder;

    private LocalBroker broker;
    private String bootstrap;
    private Path orders;

    @BeforeEach
    void writeASample(LocalBroker shared) throws Exception {
        broker = shared;
        bootstrap = "--bootstrap=" + shared.bootstrapServers();
        String lines = IntStream.range(0, 500)
                .mapToObj(i -> "{\"id\":" + i + ",\"customer\":\"c-" + i % 20 + "\",\"total\":" + i * 1.25 + "}\n")
                .collect(Collectors.joining());
        orders = Files.writeString(folder.resolve("orders.jsonl"), lines);
    }

    @Test
    void saysWhatItDoesAndPrintsATableWithARecommendation() throws Exception {
        CommandRun run = tune(bootstrap, "--sample=" + orders);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().replace(orders.toString(), "FILE").replaceAll("kurier-tune-\\w+", "TOPIC"))
                .isEqualTo(CommandRun.golden("tune-err.txt"));
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0).split(" {2,}"))
                .containsExactly(
                        "profile", "compression", "records/s", "wire MB/s", "ratio", "CPU us/record", "p99 ms");
        assertThat(lines.subList(1, 9))
                .allMatch(
                        line -> line.matches("\\w+ +(none|lz4) +[0-9,]+ +[0-9,.]+ +[01]\\.[0-9]{2} +[0-9.]+ +[0-9.]+"))
                .doesNotHaveDuplicates();
        assertThat(lines.subList(9, lines.size()).stream())
                .anyMatch(line -> line.startsWith("# recommended: "))
                .anyMatch(line -> line.matches("profile=(balanced|throughput|latency)"));
        awaitNoTopicOfTune(broker.clientProperties());
    }

    @Test
    void printsOneJsonObject() throws Exception {
        CommandRun run = tune(bootstrap, "--sample=" + orders, "--json", "--seed=7");
        JsonNode root = new ObjectMapper().readTree(run.out());
        assertThat(run.out().lines()).hasSize(1);
        assertThat(root.fieldNames())
                .toIterable()
                .containsExactly(
                        "topic",
                        "topicSettings",
                        "sample",
                        "rounds",
                        "seconds",
                        "seed",
                        "measurements",
                        "recommended",
                        "why");
        assertThat(root.get("sample").toString())
                .isEqualTo("{\"file\":\"" + orders + "\",\"serializer\":\"json\",\"records\":500,\"bytes\":"
                        + (Files.size(orders) - 500) + "}");
        assertThat(root.get("topicSettings").toString()).isEqualTo("{\"partitions\":\"6\"}");
        assertThat(root.get("seed").asInt()).isEqualTo(7);
        assertThat(root.get("measurements")).hasSize(8).allSatisfy(row -> {
            for (String quantity :
                    List.of("recordsPerSecond", "wireBytesPerRecord", "cpuMicrosPerRecord", "p99Millis")) {
                JsonNode spread = row.get(quantity);
                assertThat(spread.get("median").asDouble()).as(quantity).isPositive();
                assertThat(spread.get("min").asDouble())
                        .isLessThanOrEqualTo(spread.get("max").asDouble());
            }
            double ratio = row.get("compressionRatio").get("median").asDouble();
            if (row.get("compression").asText().equals("none")) {
                assertThat(ratio).isEqualTo(1);
            } else {
                assertThat(ratio).isBetween(0.0, 1.2);
            }
        });
        assertThat(root.get("recommended").has("profile")).isTrue();
    }

    @Test
    void makesItsTopicLikeAnother(TestTopics topics) throws Exception {
        String like = topics.create("orders", 2, Map.of("max.message.bytes", "500000"));
        CommandRun run = tune(bootstrap, "--topic=" + like, "--sample=" + orders, "--json");
        assertThat(new ObjectMapper().readTree(run.out()).get("topicSettings").toString())
                .isEqualTo("{\"config.max.message.bytes\":\"500000\",\"config.min.insync.replicas\":\"1\","
                        + "\"partitions\":\"2\",\"replication.factor\":\"1\"}");
        awaitNoTopicOfTune(broker.clientProperties());
    }

    @Test
    void refusesATopicThatDoesNotExist() {
        assertThat(tune(bootstrap, "--topic=nowhere", "--sample=" + orders))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE,
                        "",
                        "kurier: there is no topic nowhere, or the principal may not see it. Check the name, or grant"
                                + " DESCRIBE.\n"));
    }

    @Test
    void publishesMediaAndBytes() throws Exception {
        byte[] picture = new byte[50_000];
        new Random(1).nextBytes(picture);
        Path file = Files.write(folder.resolve("a.png"), picture);
        for (String serializer : List.of("media", "bytes")) {
            CommandRun run = tune(bootstrap, "--sample=" + file, "--serializer=" + serializer);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("as " + serializer + " (1 record, 50.0 kB)");
        }
    }

    @Test
    void endsWithARecordThatIsNotStored() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        Path file = Files.write(folder.resolve("large.bin"), large);
        CommandRun run = tune(bootstrap, "--sample=" + file, "--serializer=bytes");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).last().asString().startsWith("kurier: a record of the sample is not stored: ");
        awaitNoTopicOfTune(broker.clientProperties());
    }

    /** As Ctrl-C and SIGTERM do; see {@link Shutdown}. */
    @Test
    void deletesItsTopicIfItIsInterrupted() throws Exception {
        StringWriter err = new StringWriter();
        AtomicInteger exitCode = new AtomicInteger();
        Thread command = new Thread(() -> exitCode.set(Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "tune",
                bootstrap,
                "--sample=" + orders,
                "--seconds=20")));
        command.start();
        await().atMost(60, TimeUnit.SECONDS).until(() -> err.toString().contains("warming up"));
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> !topics(broker.clientProperties()).isEmpty());
        command.interrupt();
        command.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(command.isAlive()).isFalse();
        assertThat(exitCode).hasValue(130);
        assertThat(err.toString().lines()).last().isEqualTo("warming up");
        awaitNoTopicOfTune(broker.clientProperties());
    }

    @Test
    void saysWhichRightsAreMissing() throws Exception {
        try (LocalBroker secured = LocalBroker.builder()
                        .user("admin", "admin-secret")
                        .user("milena", "milena-secret")
                        .acls("admin")
                        .start();
                ClusterAdmin admin = ClusterAdmin.connect(secured.clientProperties("admin"))) {
            Path config = folder.resolve("kurier.properties");
            writeConfig(config, secured.clientProperties("milena"));

            CommandRun refused = tune("--config=" + config, "--sample=" + orders);
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err())
                    .contains("kurier-tune-")
                    .contains("tune needs the rights to create, write and delete such a topic.")
                    .doesNotContain("could not be deleted")
                    .doesNotContain("milena-secret");

            List<AclBinding> granted = new ArrayList<>();
            for (AclOperation operation : List.of(AclOperation.CREATE, AclOperation.WRITE)) {
                granted.add(new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, "kurier-tune-", PatternType.PREFIXED),
                        new AccessControlEntry("User:milena", "*", operation, AclPermissionType.ALLOW)));
            }
            admin.createAcls(granted);
            CommandRun left = tune("--config=" + config, "--sample=" + orders);
            assertThat(left.exitCode()).as(left.err()).isEqualTo(ExitCode.DIFFERS);
            assertThat(left.out()).contains("# recommended: ");
            String name = topics(secured.clientProperties("admin")).get(0);
            assertThat(left.errLines())
                    .last()
                    .asString()
                    .startsWith("kurier: the topic " + name + " could not be deleted (")
                    .endsWith("; delete it: kafka-topics.sh --bootstrap-server " + secured.bootstrapServers()
                            + " --delete --topic " + name + ", with --command-config FILE where a log-in is needed");
        }
    }

    private static CommandRun tune(String... options) {
        List<String> all = new ArrayList<>(List.of("tune"));
        all.addAll(List.of(SHORT));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static void writeConfig(Path file, Map<String, String> keys) throws IOException {
        Files.write(
                file,
                keys.entrySet().stream()
                        .map(key -> key.getKey() + "=" + key.getValue())
                        .toList());
        Files.writeString(file, Files.readString(file) + "profile=latency\ntopics=a\ntopics.a.value.serializer=nope\n");
    }

    private static void awaitNoTopicOfTune(Map<String, String> client) {
        await().atMost(60, TimeUnit.SECONDS).until(() -> topics(client).isEmpty());
    }

    private static List<String> topics(Map<String, String> client) throws Exception {
        try (ClusterAdmin admin = ClusterAdmin.connect(client)) {
            return admin.kafka().listTopics().names().get().stream()
                    .filter(name -> name.startsWith("kurier-tune-"))
                    .toList();
        }
    }
}
