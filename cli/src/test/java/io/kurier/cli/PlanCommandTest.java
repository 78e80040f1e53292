// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.core.internal.config.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCommandTest {
    private static final Pattern COMMAND = Pattern.compile("```\\n\\$ \\./kurier plan ([^\\n]+)\\n([^`]*)```\\n");

    @TempDir
    private Path folder;

    @Test
    void printsEachNumberWithItsFormula() throws Exception {
        CommandRun run = plan("--rate=5000/s", "--sample=" + orders(500), "--keys=16", "--partitions=12");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        CommandRun.assertGolden("plan.txt", run.out());
    }

    @Test
    void printsOneJsonObject() throws Exception {
        CommandRun run = plan("--rate=5000/s", "--sample=" + orders(500), "--keys=16", "--partitions=12", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        CommandRun.assertGolden(
                "plan.json", new ObjectMapper().readTree(run.out()).toPrettyString() + "\n");
    }

    /** Each block {@code $ ./kurier plan ...}, whose sample is in the root of the checkout. */
    @ParameterizedTest
    @ValueSource(strings = {"docs/capacity.md", "cli/README.md"})
    void printsWhatTheDocumentationShows(String name) throws Exception {
        Path document = Path.of("..", name);
        String text = Files.readString(document);
        String current = COMMAND.matcher(text)
                .replaceAll(block -> Matcher.quoteReplacement("```\n$ ./kurier plan " + block.group(1) + "\n"
                        + plan(block.group(1).replace("samples/", "../samples/").split(" ", -1))
                                .out() + "```\n"));
        assertThat(COMMAND.matcher(text).results()).isNotEmpty();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(document, current);
        } else {
            assertThat(text).isEqualTo(current);
        }
    }

    @Test
    void everyNumberOfJsonIsDocumented() throws Exception {
        String page = Files.readString(Path.of("../docs/capacity.md"));
        assertThat(json("--rate=1/s", "--size=1B").fieldNames())
                .toIterable()
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void calculatesWithABatchForEachRecordIfTheyAreSlow() throws Exception {
        JsonNode plan =
                json("--rate=10/s", "--size=1KB", "--records=1000", "--profile=latency", "--set=client.id=orders");
        int record = 2 + 3 + 1 + 2 + 1_000 + 1;
        assertThat(plan.get("recordBytes").asDouble()).isEqualTo(record);
        assertThat(plan.get("requestsPerSecond").asDouble()).isEqualTo(10);
        assertThat(plan.get("diskBytes").asLong()).isEqualTo(1_000L * (61 + record));
        assertThat(plan.get("wireBytesPerSecond").asLong())
                .isEqualTo(10 * (61 + record + 15 + "orders".length() + 27 + 7));
        assertThat(plan.get("producerMemoryBytes").asLong()).isEqualTo(number(Profile.LATENCY, "buffer.memory"));
    }

    @Test
    void addsTheSegmentsThatAreNotDeletedYet() throws Exception {
        JsonNode plan = json("--rate=1000/s", "--size=1KB", "--retention=1d", "--partitions=10", "--segment=100MB");
        double stored = plan.get("storedBytesPerSecond").asDouble();
        assertThat(plan.get("diskBytesPerDay").asDouble()).isCloseTo(86_400 * stored, within(86_400.0));
        assertThat(plan.get("diskBytes").asDouble()).isCloseTo((86_400 + 360) * stored + 10 * 100e6, within(100_000.0));
        assertThat(plan.get("clusterDiskBytes").asLong())
                .isEqualTo(3 * plan.get("diskBytes").asLong());
    }

    @Test
    void choosesAsManyPartitionsAsTheRateNeeds() throws Exception {
        String[] load = {"--rate=100000/s", "--size=1KB", "--brokers=4"};
        assertThat(json("--rate=1/s", "--size=1KB", "--brokers=4")
                        .get("partitions")
                        .asInt())
                .isEqualTo(4);
        assertThat(json(load).get("partitions").asInt()).isEqualTo(12);
        assertThat(json(load[0], load[1], load[2], "--partition-rate=1MB")
                        .get("partitions")
                        .asInt())
                .isEqualTo(104);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void takesItsSettingsFromTheProfile(Profile profile) throws Exception {
        String name = profile.name().toLowerCase(Locale.ROOT);
        JsonNode plan = json("--rate=1000/s", "--sample=" + orders(500), "--profile=" + name);
        assertThat(plan.get("compression").asText())
                .isEqualTo(profile.producerKeys().get("compression.type"));
        assertThat(plan.get("producerMemoryBytes").asLong())
                .isBetween(number(profile, "buffer.memory"), number(profile, "buffer.memory") + 200_000);
        assertThat(plan.get("recordsPerBatch").asDouble()).isCloseTo(1 + number(profile, "linger.ms"), within(0.01));
    }

    @Test
    void followsKeysThatAreSet() throws Exception {
        String sample = "--sample=" + orders(500);
        JsonNode plan =
                json("--rate=1000/s", sample, "--set=producer.linger.ms=100", "--set=producer.compression.type=zstd");
        assertThat(plan.get("recordsPerBatch").asDouble()).isCloseTo(101, within(0.01));
        assertThat(plan.get("compression").asText()).isEqualTo("zstd");
        assertThat(json(
                                "--rate=1000/s",
                                sample,
                                "--set=producer.linger.ms=100",
                                "--set=producer.compression.type=zstd",
                                "--set=producer.compression.zstd.level=9")
                        .get("compressionRatio")
                        .asDouble())
                .isLessThan(plan.get("compressionRatio").asDouble());
    }

    @Test
    void letsMoreRecordsShareABatchIfTheyComeAtRandom() throws Exception {
        assertThat(json("--rate=100/s", "--size=1KB").get("recordsPerBatch").asDouble())
                .isEqualTo(1);
        assertThat(json("--rate=100/s", "--size=1KB", "--arrivals=random")
                        .get("recordsPerBatch")
                        .asDouble())
                .isCloseTo(1.53, within(0.001));
    }

    @Test
    void countsTheRecordsOfMedia() throws Exception {
        byte[] picture = new byte[3_000_000];
        new Random(1).nextBytes(picture);
        Path file = Files.write(folder.resolve("a.png"), picture);
        JsonNode plan = json("--rate=1/s", "--sample=" + file, "--records=10");
        assertThat(plan.get("recordsPerSecond").asDouble()).isGreaterThan(3);
        assertThat(plan.get("diskBytes").asLong()).isBetween(30_000_000L, 30_500_000L);
    }

    @Test
    void warnsWhereTheNumbersNeedIt() throws Exception {
        assertThat(warnings("--rate=1/s", "--size=1KB"))
                .singleElement()
                .asString()
                .startsWith("Without --sample nothing is known of compression")
                .endsWith("compresses with lz4.");
        assertThat(warnings("--rate=10000/s", "--sample=" + orders(20)))
                .singleElement()
                .asString()
                .startsWith("The sample has fewer records than a batch")
                .endsWith("Give at least 54.");
        assertThat(warnings("--rate=1000000/s", "--size=1KB", "--profile=latency", "--round-trip=20ms"))
                .singleElement()
                .asString()
                .startsWith("One publisher cannot send its share of the rate with this round trip");
        assertThat(warnings(
                        "--rate=50000/s",
                        "--size=1KB",
                        "--profile=durable",
                        "--keys=8",
                        "--partitions=1000",
                        "--set=producer.linger.ms=100"))
                .singleElement()
                .asString()
                .startsWith(
                        "Each partition with records has an open batch of batch.size, and buffer.memory has no room");
    }

    @Test
    void showsWarningsBelowTheTable() {
        CommandRun run = plan("--rate=1/s", "--size=1KB");
        assertThat(run.exitCode()).isZero();
        assertThat(run.errLines()).singleElement().asString().startsWith("kurier: Without --sample ");
    }

    static List<List<String>> wrong() {
        return List.of(
                List.of("--size=1KB", "Missing required option: '--rate=RATE'"),
                List.of("--rate=1/s", "either --size or --sample is needed, and not both"),
                List.of("--rate=1/s", "--size=1KB", "--sample=a.txt", "either --size or --sample is needed"),
                List.of("--rate=1/s", "--size=1KB", "--serializer=json", "--serializer says how --sample is read"),
                List.of("--rate=5000", "--size=1KB", "--rate: '5000' is no rate above 0, such as 5000/s"),
                List.of("--rate=1/s", "--size=1", "--size: '1' is no size, such as 100B, 1KB"),
                List.of("--rate=1/s", "--size=2GB", "--size 2GB: it is at most 1GB"),
                List.of("--rate=1/s", "--size=2MB", "max.request.size allows 1048576"),
                List.of("--rate=1/s", "--size=1B", "--partitions=0", "--partitions 0: it is auto, or a number from 1"),
                List.of("--rate=1/s", "--size=1B", "--partitions=many", "--partitions many: it is auto, or a number"),
                List.of("--rate=1/s", "--size=1B", "--replicas=0", "--replicas 0: it is from 1 to 100"),
                List.of(
                        "--rate=1/s",
                        "--size=1B",
                        "--brokers=2",
                        "--brokers 2: it is from 3, the number of --replicas"),
                List.of("--rate=1/s", "--size=1B", "--publishers=0", "--publishers 0: it is from 1"),
                List.of("--rate=1/s", "--size=1B", "--records=0", "--records 0: it is at least 1"),
                List.of("--rate=1/s", "--size=1B", "--retention=7", "--retention: '7' is no time above 0, such as 2ms"),
                List.of("--rate=1/s", "--size=1B", "--round-trip=x", "--round-trip: 'x' is no time above 0"),
                List.of("--rate=1/s", "--size=1B", "--segment=4GB", "--segment 4GB: it is from 14B to 2147483647B"),
                List.of("--rate=1/s", "--size=1B", "--partition-rate=0B", "--partition-rate 0B: it is at least 1B"),
                List.of("--rate=1/s", "--size=1B", "--keys=all", "--keys all: it is none, or a size from 0B to 1MB"),
                List.of(
                        "--rate=1/s",
                        "--size=1B",
                        "--profile=fast",
                        "it is one of balanced, durable, latency, throughput"),
                List.of("--rate=1/s", "--size=1B", "--set=linger", "--set: it has the form KEY=VALUE"),
                List.of("--rate=1/s", "--size=1B", "--set=producer.lingr.ms=1", "Did you mean producer.linger.ms?"),
                List.of("--rate=1/s", "--size=1B", "--set=profile=latency", "the profile is set by --profile"),
                List.of("--rate=1/s", "--sample=nowhere.txt", "--sample nowhere.txt: "),
                List.of("--rate=99999999999/s", "--size=1KB", "needs more than 1000000 partitions"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsAllowed(List<String> optionsAndMessage) {
        int last = optionsAndMessage.size() - 1;
        CommandRun run = plan(optionsAndMessage.subList(0, last).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains(optionsAndMessage.get(last));
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "1000000, 7"})
    void isTheSameForSeveralPublishersWithTheirShares(int publishers, int partitions) throws Exception {
        String[] each = {"--rate=10/s", "--size=1KB", "--partitions=" + partitions};
        String[] all = {"--rate=" + 10L * publishers + "/s", each[1], each[2], "--publishers=" + publishers};
        assertThat(json(all).get("requestsPerSecond").asDouble())
                .isCloseTo(publishers * json(each).get("requestsPerSecond").asDouble(), within(1e-4 * publishers));
        assertThat(json(all).get("connections").asLong()).isEqualTo((long) publishers * Math.min(3, partitions));
    }

    private Path orders(int count) throws IOException {
        Random random = new Random(1);
        String lines = IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":" + i + ",\"customer\":\"" + Long.toHexString(random.nextLong())
                        + "\",\"total\":" + random.nextInt(100_000) / 100.0 + "}\n")
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve("orders.jsonl"), lines);
    }

    private static long number(Profile profile, String key) {
        return ((Number) requireNonNull(profile.producerKeys().get(key))).longValue();
    }

    private static List<String> warnings(String... options) throws IOException {
        List<String> warnings = new ArrayList<>();
        json(options).get("warnings").forEach(warning -> warnings.add(warning.asText()));
        return warnings;
    }

    private static JsonNode json(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--json");
        CommandRun run = plan(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private static CommandRun plan(String... options) {
        List<String> all = new ArrayList<>(List.of("plan"));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
