// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionCommandTest {
    private static final String CUSTOMERS =
            IntStream.range(0, 6_000).mapToObj(i -> "customer-" + i + "\n").collect(Collectors.joining());

    @TempDir
    private Path folder;

    /** The partitions are those of Kafka's Java producer and of librdkafka. */
    @ParameterizedTest
    @CsvSource({"murmur2, 3 2 0 0 4 2 0", "crc32, 0 5 4 5 5 5 0", "consistent, 0 5 4 5 5 5 0"})
    void printsThePartitionAndTheKeyOfEachLine(String partitioner, String partitions) {
        List<String> keys = List.of("", "0", "21", "foobar", "kafka", "äöü", "键");
        String[] expected = partitions.split(" ");
        String printed = IntStream.range(0, expected.length)
                .mapToObj(i -> expected[i] + "\t" + keys.get(i) + "\n")
                .collect(Collectors.joining());
        for (String end : List.of("\n", "\r\n")) {
            assertThat(partition(String.join(end, keys), "--partitions=6", "--partitioner=" + partitioner))
                    .isEqualTo(new CommandRun(0, printed, ""));
        }
    }

    @Test
    void usesTheRuleOfKafkaUnlessAnotherIsNamed() {
        assertThat(partition(CUSTOMERS, "--partitions=12"))
                .isEqualTo(partition(CUSTOMERS, "--partitions=12", "--partitioner=murmur2"));
        assertThat(partition("", "--partitions=12")).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void printsAKeyAsItIsButNoByteOrderMark() {
        assertThat(partition("\ufeffa\tb \n\ufeff\u001b[0m", "--partitions=1"))
                .isEqualTo(new CommandRun(0, "0\ta\tb \n0\t\ufeff\u001b[0m\n", ""));
    }

    @Test
    void refusesALineThatIsNoKeyAfterTheLinesBeforeIt() {
        assertThat(CommandRun.reading(new byte[] {'a', '\n', -1, '\n', 'b'}, "partition", "--partitions=1"))
                .isEqualTo(new CommandRun(
                        ExitCode.DIFFERS,
                        "0\ta\n",
                        "kurier: standard input, line 2: the line is not text in UTF-8; convert the input to it\n"));
        assertThat(partition(
                        "a\n" + "b".repeat(1 << 20) + "\n" + "c".repeat((1 << 20) + 1), "--partitions=1", "--stats"))
                .isEqualTo(new CommandRun(
                        ExitCode.DIFFERS,
                        "",
                        "kurier: standard input, line 3: the line has more than 1048576 bytes, too many for a key\n"));
    }

    @Test
    void suggestsThePartitionerThatWasMeant() {
        CommandRun run = CommandRun.of("partition", "--partitions=3", "--partitioner=murmr2");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: --partitioner: no partitioner is named \"murmr2\". Did you mean murmur2? Found: ");
        assertThat(CommandRun.of("partition", "--partitions=3", "--compare=crc23")
                        .err())
                .startsWith("kurier: --compare: no partitioner is named \"crc23\". Did you mean crc32? Found: ");
    }

    @Test
    void refusesATopicThatKafkaRefuses() {
        assertThat(CommandRun.of("partition", "--partitions=3", "--topic=a b").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void printsStatisticsLikeTheGoldenFiles() throws IOException {
        assertStatistics("even", CUSTOMERS, "--partitions=6");
        assertStatistics("uneven", "a\n".repeat(900) + "\n".repeat(500) + CUSTOMERS, "--partitions=3");
        assertStatistics("few", "a\nb\nc\n", "--partitions=3", "--hot-share=50");
        assertStatistics("none", "", "--partitions=2");
        assertStatistics("one-partition", CUSTOMERS, "--partitions=1", "--partitioner=round-robin");
    }

    private void assertStatistics(String name, String keys, String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--stats");
        CommandRun text = partition(keys, all.toArray(String[]::new));
        all.add("--json");
        CommandRun json = partition(keys, all.toArray(String[]::new));
        assertThat(List.of(text, json))
                .allMatch(run -> run.exitCode() == 0 && run.err().isEmpty());
        CommandRun.assertGolden("partition/stats-" + name + ".txt", text.out());
        CommandRun.assertGolden("partition/stats-" + name + ".json", json.out());
    }

    @Test
    void takesAPartitionerOfKafkasByItsClass() {
        CommandRun run = partition(
                "a\nb\nc\n", "--partitioner=class:" + RoundRobinPartitioner.class.getName(), "--partitions=3");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().map(line -> line.split("\t")[0])).containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void namesAHotKeyByItsHashAndDoesNotShowIt() throws IOException {
        String keys = "secret-customer\n".repeat(10)
                + IntStream.range(0, 90).mapToObj(i -> i + "\n").collect(Collectors.joining());
        CommandRun run = partition(keys, "--partitions=3", "--stats");
        assertThat(run.out()).contains("8f9c3216f1afb3a0    10  10.0 %").doesNotContain("secret");
        JsonNode hot = new ObjectMapper()
                .readTree(partition(keys, "--partitions=3", "--stats", "--json", "--hot-share=9.9")
                        .out());
        assertThat(hot.get("hotKeys").toString())
                .isEqualTo("[{\"sha256Begins\":\"8f9c3216f1afb3a0\",\"keys\":10,\"share\":0.1}]");
        assertThat(partition(keys, "--partitions=3", "--stats", "--hot-share=10")
                        .out())
                .contains("hot keys, above 10.0 % of all: none");
    }

    @Test
    void saysHowExactTheNumbersOfHotKeysAre() {
        String keys = IntStream.range(0, 30_000)
                .mapToObj(i -> (i % 3 == 0 ? "hot" : "key-" + i) + "\n")
                .collect(Collectors.joining());
        assertThat(partition(keys, "--partitions=3", "--stats").out())
                .contains("hot keys, above 5.0 % of all: 1\n")
                .endsWith("These numbers may be too high, by at most 30 each.\n");
        assertThat(partition(keys, "--partitions=3", "--stats", "--json").out()).contains("\"hotKeysExact\":false");
    }

    @Test
    void printsComparisonsLikeTheGoldenFiles() throws IOException {
        assertComparison("partitioners", "--partitions=6", "--partitioner=crc32", "--compare=murmur2");
        assertComparison("counts", "--partitions=3", "--to-partitions=5");
        assertComparison("both", "--partitions=12", "--compare=fnv1a", "--to-partitions=13");
    }

    private void assertComparison(String name, String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of(args));
        CommandRun text = partition(CUSTOMERS, args);
        all.add("--json");
        CommandRun json = partition(CUSTOMERS, all.toArray(String[]::new));
        assertThat(List.of(text, json))
                .allMatch(run -> run.exitCode() == 0 && run.err().isEmpty());
        CommandRun.assertGolden("partition/compare-" + name + ".txt", text.out());
        CommandRun.assertGolden("partition/compare-" + name + ".json", json.out());
    }

    @Test
    void noKeyMovesBetweenTwoNamesOfOneRule() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(
                        partition(CUSTOMERS, "--partitions=50", "--partitioner=consistent", "--compare=crc32", "--json")
                                .out());
        assertThat(json.get("move").asLong()).isZero();
        assertThat(json.get("stay").asLong()).isEqualTo(6_000);
        assertThat(partition("", "--partitions=50", "--compare=crc32", "--json").out())
                .isEqualTo(
                        "{\"from\":{\"partitioner\":\"murmur2\",\"partitions\":50},\"to\":{\"partitioner\":\"crc32\","
                                + "\"partitions\":50},\"keys\":0,\"stay\":0,\"move\":0,\"moveShare\":null,\"table\":null}\n");
    }

    @Test
    void setsAKeyOfWhicheverPartitionerHasIt() throws IOException {
        String path = jarOf(PartitionersForTests.ByNumber.class);
        assertThat(partition("2\n", "--partitions=9", "--partitioner=by-number", "--set=plus=3", path))
                .isEqualTo(new CommandRun(0, "5\t2\n", ""));
        CommandRun compared =
                partition("2\n", "--partitions=90", "--compare=by-number", "--set=plus=3", "--set=null.key=hash", path);
        assertThat(compared.out()).startsWith("from murmur2 on 90 partitions to by-number on 90 partitions, keys: 1\n");
        CommandRun wrong = partition("2\n", "--partitions=9", "--partitioner=by-number", "--set=plus=x", path);
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).startsWith("kurier: topics.topic.partitioner.plus (--set): ");
    }

    @Test
    void findsPartitionersInTheFoldersOfAFile() throws IOException {
        jarOf(PartitionersForTests.ByNumber.class);
        Path config = Files.writeString(
                folder.resolve("kurier.properties"),
                "topics=orders\nno.such.key=1\nplugin.path=" + folder.resolve("plugins") + "\n");
        assertThat(partition("2\n", "--partitions=9", "--partitioner=by-number", "--config=" + config))
                .isEqualTo(new CommandRun(0, "2\t2\n", ""));
    }

    @Test
    void namesTheLineAtWhichThePartitionerFails() throws IOException {
        String path = jarOf(PartitionersForTests.ByNumber.class, PartitionersForTests.Headed.class);
        String chosen = "--partitioner=by-number";
        String before = "kurier: standard input, line 2: the partitioner by-number ";
        assertThat(partition("2\n3\n", "--partitions=3", chosen, path))
                .isEqualTo(new CommandRun(
                        ExitCode.DIFFERS,
                        "2\t2\n",
                        before + "chose partition 3 of 3, which are numbered from 0; fix the partitioner\n"));
        assertThat(partition("2\n-2\n", "--partitions=3", chosen, path, "--stats"))
                .isEqualTo(new CommandRun(
                        ExitCode.DIFFERS,
                        "",
                        before + "chose partition -2 of 3, which are numbered from 0; fix the partitioner\n"));
        assertThat(partition("2\nx\n", "--partitions=3", "--compare=by-number", path))
                .isEqualTo(new CommandRun(
                        ExitCode.DIFFERS,
                        "",
                        before + "failed: java.lang.NumberFormatException: For input string: \"x\"\n"));
        assertThat(partition("2\n\n", "--partitions=3", chosen, path).err())
                .isEqualTo(before + "failed: java.lang.StackOverflowError: too deep\n");
        assertThat(partition("2\n", "--partitions=3", "--partitioner=headed", "--topic=orders", path)
                        .err())
                .isEqualTo("kurier: standard input, line 1: the partitioner headed failed:"
                        + " java.lang.IllegalArgumentException: the record of orders has no header region\n");
    }

    @Test
    void aPartitionerThatReadsFieldsOfValuesIsWrongUsage() throws IOException {
        CommandRun run =
                partition("a\n", "--partitions=3", "--partitioner=fielded", jarOf(PartitionersForTests.Fielded.class));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: topics.topic.partitioner (--partitioner): the partitioner fielded in ")
                .endsWith(" cannot be made: the format of the values is not known, so the field customer.id cannot be"
                        + " read; it can be in a publisher");
    }

    @Test
    void preparesThePartitionerAndSendsWhatItLeavesToKafkaWhereKafkaSendsIt() throws IOException {
        String path = jarOf(PartitionersForTests.Prepared.class, PartitionersForTests.Prepared.Partitioner.class);
        assertThat(partition(CUSTOMERS, "--partitions=7", "--partitioner=prepared", path))
                .isEqualTo(partition(CUSTOMERS, "--partitions=7"));
        assertThat(partition(
                        "a\n",
                        "--partitions=7",
                        "--partitioner=prepared",
                        "--set=how=badly",
                        "--set=token=CANARY-4711",
                        path))
                .isEqualTo(
                        new CommandRun(
                                ExitCode.USAGE,
                                "",
                                "kurier: --partitioner prepared: this partitioner cannot be prepared: refused with [hidden]\n"));
    }

    @Test
    void saysThatAPartitionerDoesNotNameItsKeys() throws IOException {
        String path = jarOf(PluginsWithKeys.Silent.class);
        assertThat(partition("a\n", "--partitions=7", "--partitioner=silent", "--set=a=b", path))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE,
                        "",
                        "kurier: --partitioner silent: the keys of this partitioner in plugins/test.jar are not known:"
                                + " java.lang.IllegalStateException: no keys today\n"));
    }

    private String jarOf(Class<?>... classes) throws IOException {
        Path plugins = folder.resolve("plugins");
        PluginJar.ofPartitioners(plugins.resolve("test.jar"), List.of(classes));
        return "--plugin-path=" + plugins;
    }

    private static CommandRun partition(String keys, String... args) {
        return CommandRun.reading(
                keys.getBytes(UTF_8),
                Stream.concat(Stream.of("partition"), Stream.of(args)).toArray(String[]::new));
    }
}
