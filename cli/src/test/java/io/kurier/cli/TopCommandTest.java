// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.cli.top.ClusterSource;
import io.kurier.cli.top.JmxSource;
import io.kurier.cli.top.TopRates;
import io.kurier.cli.top.TopRow;
import io.kurier.cli.top.TopSample;
import io.kurier.cli.top.TopSource;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurier top} of a publisher in this JVM, whose MBeans it sees by RMI, and of its cluster. */
@WithKafka
@Timeout(180)
class TopCommandTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int VALUE_BYTES = 100;

    @TempDir
    private Path folder;

    private LocalBroker broker;
    private String topic;
    private Publisher publisher;
    private JmxServer jmx;

    @BeforeEach
    void start(LocalBroker shared, TestTopics topics) throws Exception {
        broker = shared;
        topic = topics.create("orders", 2);
        publisher = Kurier.start(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "client.id",
                        "shop",
                        "topics.orders.name",
                        topic,
                        "topics.orders.value.serializer",
                        "text"),
                ORDERS);
        jmx = new JmxServer();
    }

    @AfterEach
    void stop() throws Exception {
        jmx.close();
        publisher.close();
    }

    @Test
    void ratesOfAJvmAgreeWithWhatWasPublished() throws Exception {
        publish(10);
        try (TopSource source = JmxSource.connect("127.0.0.1", jmx.port())) {
            TopSample earlier = source.read();
            publish(500);
            TopSample later = source.read();

            assertAgrees(earlier, later, VALUE_BYTES * 500.0);
            TopSample.TopicCounts counts = row(earlier, later).counts();
            assertThat(counts.publisher()).isEqualTo("shop");
            assertThat(counts.ackMillisP50()).isPositive();
            assertThat(counts.ackMillisP99()).isGreaterThanOrEqualTo(counts.ackMillisP50());
            assertThat(counts.inFlight()).isZero();
            assertThat(counts.rejected()).isZero();
            assertThat(counts.notStored()).isZero();
            assertThat(counts.unknown()).isZero();
            assertThat(later.buffers())
                    .filteredOn(buffer -> buffer.producer().equals("shop"))
                    .singleElement()
                    .satisfies(buffer ->
                            assertThat(buffer.availableBytes()).isPositive().isLessThanOrEqualTo(buffer.totalBytes()));
            assertThat(later.notes()).isEmpty();
        }
    }

    @Test
    void showsUndeclaredTopicsOnlyIfMessagesToThemWereRejected() throws Exception {
        try (TopSource source = JmxSource.connect("127.0.0.1", jmx.port())) {
            assertThat(source.read().topics())
                    .extracting(TopSample.TopicCounts::topic)
                    .containsExactly(topic);
            assertThat(publisher.publish(Topic.of("undeclared", String.class, String.class), "k", "v"))
                    .failsWithin(LIMIT);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(source.read().topics())
                            .extracting(TopSample.TopicCounts::topic)
                            .containsExactlyInAnyOrder("(undeclared)", topic));
        }
    }

    @Test
    void countsWhatIsRejected() throws Exception {
        try (TopSource source = JmxSource.connect("127.0.0.1", jmx.port())) {
            TopSample earlier = source.read();
            assertThat(publisher.publish(Message.of(ORDERS, "k", "v").withPartition(77)))
                    .failsWithin(LIMIT);
            await().atMost(LIMIT)
                    .until(() -> Objects.equals(
                            1L, row(earlier, source.read()).counts().rejected()));
        }
    }

    @Test
    void ratesOfAClusterAgreeWithWhatWasPublished() throws Exception {
        ClusterKeys keys = ClusterKeys.of(null, broker.bootstrapServers());
        try (TopSource source = ClusterSource.connect(keys.config())) {
            TopSample earlier = source.read();
            publish(500);
            TopSample later = source.read();

            // on disk there are batches, with their own bytes and those of keys
            TopRow row = row(earlier, later);
            double seconds = TopRates.seconds(earlier, later);
            assertThat(Objects.requireNonNull(row.recordsPerSecond()) * seconds).isCloseTo(500, within(0.01));
            assertThat(Objects.requireNonNull(row.bytesPerSecond()) * seconds).isGreaterThan(0);
            assertThat(row.counts().publisher()).isNull();
            assertThat(row.counts().inFlight()).isNull();
        }
    }

    private void assertAgrees(TopSample earlier, TopSample later, double bytes) {
        TopRow row = row(earlier, later);
        double seconds = TopRates.seconds(earlier, later);
        assertThat(Objects.requireNonNull(row.recordsPerSecond()) * seconds).isCloseTo(500, within(0.01));
        assertThat(Objects.requireNonNull(row.bytesPerSecond()) * seconds).isCloseTo(bytes, within(0.01));
    }

    @Test
    void printsATableOfAJvmLikeTheGoldenFile() throws Exception {
        publish(100);
        CommandRun run = CommandRun.of("top", "--jmx=" + jmx.address(), "--interval=100ms", "--count=2", "--plain");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        CommandRun.assertGolden("top-jmx.txt", stable(run.out()));
    }

    @Test
    void printsATableOfTheDeclaredTopicsLikeTheGoldenFile() throws Exception {
        publish(100);
        Path config =
                Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=%s
                topics=orders,gone
                topics.orders.name=%s
                topics.orders.value.serializer=text
                topics.gone.value.serializer=text
                """.formatted(broker.bootstrapServers(), topic));
        CommandRun run = CommandRun.of("top", "--config=" + config, "--interval=100ms", "--count=1");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        CommandRun.assertGolden("top-cluster.txt", stable(run.out()));
    }

    @Test
    void saysTheSameInJson() throws Exception {
        publish(100);
        CommandRun run = CommandRun.of("top", "--jmx=" + jmx.address(), "--interval=100ms", "--count=2", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode root = new ObjectMapper().readTree(lines.get(0));
        assertThat(root.fieldNames()).toIterable().containsExactly("time", "seconds", "topics", "buffers");
        JsonNode row = root.get("topics").get(0);
        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly(
                        "topic",
                        "publisher",
                        "recordsPerSecond",
                        "bytesPerSecond",
                        "ackMillisP50",
                        "ackMillisP99",
                        "inFlight",
                        "rejected",
                        "notStored",
                        "unknown");
        assertThat(row.get("topic").textValue()).isEqualTo(topic);
        assertThat(root.get("buffers").get(0).fieldNames())
                .toIterable()
                .containsExactly("producer", "availableBytes", "totalBytes");
    }

    @Test
    void saysThatTheJvmHasEnded() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "top",
                "--jmx=" + jmx.address(),
                "--interval=100ms"));
        await().atMost(LIMIT).until(() -> out.toString().contains(topic));
        jmx.close();
        try {
            assertThat(exitCode).succeedsWithin(LIMIT).isEqualTo(ExitCode.DIFFERS);
            assertThat(err.toString())
                    .startsWith("kurier: the JVM at " + jmx.address() + " does not answer any more (")
                    .endsWith("); it has ended, or its JMX port is closed" + System.lineSeparator());
        } finally {
            jmx = new JmxServer();
        }
    }

    @Test
    void saysThatThereIsNoJvm() throws Exception {
        String address = "127.0.0.1:" + JmxServer.freePort();
        CommandRun run = CommandRun.of("top", "--jmx=" + address);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: --jmx " + address + ": no JVM answers there (");
    }

    @Test
    void refusesOptionsThatContradict() {
        String needed =
                "kurier: either a JVM by --jmx HOST:PORT, or a cluster by --config FILE or --bootstrap HOST:PORT is"
                        + " needed; see kurier top --help\n";
        assertThat(CommandRun.of("top")).isEqualTo(new CommandRun(ExitCode.USAGE, "", needed));
        assertThat(CommandRun.of("top", "--jmx=127.0.0.1:1", "--bootstrap=127.0.0.1:2"))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", needed));
        assertThat(CommandRun.of("top", "--jmx=127.0.0.1:1", "--interval=5 hours")
                        .err())
                .isEqualTo(
                        "kurier: Invalid value for option '--interval': '5 hours' is not an interval from 100ms to 60m,"
                                + " such as 500ms, 1s or 5m; see kurier top --help\n");
        assertThat(CommandRun.of("top", "--jmx=127.0.0.1:1", "--count=0").err())
                .isEqualTo("kurier: --count 0: it is at least 1; see kurier top --help\n");
    }

    @Test
    void redrawsTheTableOnATerminalAndEndsWithZeroAtSigterm() throws Exception {
        ProcessBuilder command =
                CommandProcess.of("-Xmx128m", "top", "--bootstrap=" + broker.bootstrapServers(), "--interval=100ms");
        List<String> words = new ArrayList<>(command.command());
        words.addAll(1, List.of("-Dkurier.terminal=true", "-Dkurier.columns=60"));
        Process process = command.command(words).start();
        try {
            String first = process.errorReader().readLine();
            assertThat(first).startsWith("\033[?7ltopic ").hasSizeLessThan(60 + "\033[?7l".length());
            String line = first;
            while (line != null && !line.matches("\033\\[\\?7h\033\\[\\d+F\033\\[J\033\\[\\?7ltopic .*")) {
                line = process.errorReader().readLine();
            }
            assertThat(line).isNotNull();
            process.toHandle().destroy();
            process.errorReader().lines().forEach(rest -> {});
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(process.inputReader().lines()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void showsTheTopicsWithTheHighestRatesIfThereAreTooMany() {
        List<TopSample.TopicCounts> counts = IntStream.range(0, 5)
                .mapToObj(n -> new TopSample.TopicCounts(
                        "t" + n, null, n == 3 ? 9.0 : n * 1.0, null, null, null, null, null, null, null))
                .toList();
        List<TopSample.TopicCounts> before = counts.stream()
                .map(each ->
                        new TopSample.TopicCounts(each.topic(), null, 0.0, null, null, null, null, null, null, null))
                .toList();
        TopSample later = new TopSample(1_000_000_000, counts, List.of(), List.of());
        List<TopRow> rows = TopRates.of(new TopSample(0, before, List.of(), List.of()), later);

        assertThat(TopText.lines(rows, later, 2))
                .extracting(line -> line.replaceAll(" .*", ""))
                .containsExactly("topic", "t3", "t4", "and");
        assertThat(TopText.lines(rows, later, 2)).last().isEqualTo("and 3 more with lower rates");
    }

    private void publish(int count) {
        List<CompletableFuture<?>> stored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stored.add(publisher.publish(ORDERS, "k" + i, "v".repeat(VALUE_BYTES)));
        }
        stored.forEach(CompletableFuture::join);
    }

    private TopRow row(TopSample earlier, TopSample later) {
        return TopRates.of(earlier, later).stream()
                .filter(row -> row.counts().topic().equals(topic))
                .findFirst()
                .orElseThrow(() -> new AssertionError(later.toString()));
    }

    /** Numbers are those of the moment, and columns are as wide as they are. */
    private String stable(String out) {
        return out.replace(topic, "TOPIC")
                .replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$", "TIME")
                .replaceAll("(?<![A-Za-z0-9])[0-9][0-9,.]*( ?[kM]?B)?(?=[ )\n])", "N")
                .replaceAll(" +", " ");
    }
}
