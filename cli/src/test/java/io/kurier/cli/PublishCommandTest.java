// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithKafka
class PublishCommandTest {
    private static final CommandRun TWO_STORED = new CommandRun(0, "2 stored, 0 failed\n", "");

    @TempDir
    private Path folder;

    private String bootstrap;
    private TestTopics topics;

    @BeforeEach
    void connect(LocalBroker broker, TestTopics shared) {
        bootstrap = broker.bootstrapServers();
        topics = shared;
    }

    @Test
    void publishesTextLinesOfUnixAndWindows() throws Exception {
        String topic = topics.create("text", 1);
        Path file = Files.write(folder.resolve("a.txt"), "\ufeffGrüße\r\n\r\nlast".getBytes(UTF_8));
        assertThat(publish(topic, "--serializer=text", file.toString()))
                .isEqualTo(new CommandRun(0, "3 stored, 0 failed\n", ""));
        assertThat(values(topic)).containsExactly("Grüße", "", "last");
    }

    @Test
    void namesTheLineThatFailsAndGoesOn() throws Exception {
        String topic = topics.create("failing", 1);
        Path file = Files.writeString(
                folder.resolve("orders.jsonl"), "{\"id\":1}\n\nnot secret\nnull\n{\"id\":2}\n{\"id\":3,\"id\":4}\n");
        CommandRun run = publish(topic, "--serializer=json", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.out()).isEqualTo("2 stored, 3 failed\n");
        assertThat(run.errLines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith(
                                        "failed: " + file + ", line 3: it is not one JSON value whose objects have each"
                                                + " name once (column "),
                        line -> assertThat(line)
                                .isEqualTo("failed: " + file + ", line 4: null is no value; a tombstone is published by"
                                        + " --records and \"value\": null"),
                        line -> assertThat(line).startsWith("failed: " + file + ", line 6: it is not one JSON value"));
        assertThat(run.err()).doesNotContain("secret");
        assertThat(values(topic)).containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void namesALineThatTheClusterDoesNotStore() throws Exception {
        String topic = topics.create("large", 1, Map.of("max.message.bytes", "200000"));
        byte[] random = new byte[300_000]; // no compression makes it small enough
        new Random(18).nextBytes(random);
        Path file = Files.writeString(
                folder.resolve("a.txt"), "a\n" + HexFormat.of().formatHex(random) + "\nb\n");
        CommandRun run = publish(topic, "--serializer=text", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.out()).isEqualTo("2 stored, 1 failed\n");
        assertThat(run.errLines()).singleElement().asString().startsWith("failed: " + file + ", line 2: ");
        assertThat(values(topic)).containsExactly("a", "b");
    }

    @Test
    void takesKeysFromAFieldAndHeadersFromOptions() throws Exception {
        String topic = topics.create("keys", 1);
        Path file = Files.writeString(
                folder.resolve("a.jsonl"), "{\"k\":\"ä\"}\n{\"k\":5}\n{\"k\":{\"a\":[1,2]}}\n{\"k\":null}\n{}\n[1]\n");
        CommandRun run =
                publish(topic, "--serializer=json", "--key-field=k", "--header=a=1=2", "--header=a=", file.toString());
        assertThat(run.out()).isEqualTo("3 stored, 3 failed\n");
        assertThat(run.errLines())
                .allMatch(line ->
                        line.endsWith("it has no field k, or null in it, and --key-field takes the key from there"));
        List<ConsumerRecord<byte[], byte[]>> records = topics.readAll(topic);
        assertThat(records).map(record -> text(record.key())).containsExactly("ä", "5", "{\"a\":[1,2]}");
        List<String> headers = new ArrayList<>();
        for (Header header : records.get(0).headers()) {
            headers.add(header.key() + ":" + text(header.value()));
        }
        assertThat(headers).containsExactly("a:1=2", "a:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            integer | 7             | 00000007                         | 3000000000 | it is not a whole number of 32 bits
            long    | -1            | ffffffffffffffff                 | 1.5        | it is not a whole number of 64 bits
            short   | 2             | 0002                             | 70000      | it is not a whole number of 16 bits
            double  | 1.5           | 3ff8000000000000                 | 1e999      | it is not a number that a double can have
            uuid    | 00000000-0000-0001-0000-000000000002 | 30303030303030302d303030302d303030312d303030302d303030303030303030303032 | 1-1-1-1-1 | it is not a UUID
            """)
    void publishesNumbersAsKafkasSerializersDo(String serializer, String good, String hex, String bad, String reason)
            throws Exception {
        String topic = topics.create(serializer, 1);
        Path file = Files.writeString(folder.resolve("a.txt"), good + "\n\n" + bad + "\nnone\n");
        CommandRun run = publish(topic, "--serializer=" + serializer, file.toString());
        assertThat(run.out()).isEqualTo("1 stored, 2 failed\n");
        assertThat(run.errLines()).contains("failed: " + file + ", line 3: " + reason);
        assertThat(topics.readAll(topic))
                .singleElement()
                .satisfies(record ->
                        assertThat(HexFormat.of().formatHex(record.value())).isEqualTo(hex));
    }

    @Test
    void publishesBytesAsTheyAre() throws Exception {
        String topic = topics.create("bytes", 1);
        Path file = Files.write(folder.resolve("a.bin"), new byte[] {-1, 0, '\n', -17, -69, -65});
        assertThat(publish(topic, "--serializer=bytes", file.toString())).isEqualTo(TWO_STORED);
        assertThat(topics.readAll(topic))
                .extracting(ConsumerRecord::value)
                .containsExactly(new byte[] {-1, 0}, new byte[] {-17, -69, -65});
    }

    @Test
    void publishesJsonAsProtobufMessages() throws Exception {
        Path set = Path.of("..", "samples", "data", "payments.desc");
        String topic = topics.create("protobuf", 1);
        String[] keys = {"--serializer=protobuf", "--schema=" + set};
        Path wrong = Files.writeString(folder.resolve("wrong.jsonl"), "{\"noSuchField\":1}\n[]\n{\n");
        CommandRun refused = publish(topic, keys[0], keys[1], wrong.toString());
        assertThat(refused.out()).isEqualTo("0 stored, 3 failed\n");
        assertThat(refused.err()).contains(", line 1: ").contains("there is no field noSuchField in ");

        String payment = "{\"id\":\"p-1\",\"cents\":\"1990\",\"paidAt\":\"2026-11-22T10:15:30Z\"}";
        Path good = Files.writeString(
                folder.resolve("good.jsonl"),
                payment + "\n{\"id\":\"p-1\",\"cents\":1990,\"paid_at\":\"2026-11-22T10:15:30Z\"}\n");
        assertThat(publish(topic, keys[0], keys[1], good.toString())).isEqualTo(TWO_STORED);
        CommandRun read = CommandRun.of(
                "read", "--bootstrap=" + bootstrap, "--topic=" + topic, keys[0], "--set=descriptor=" + set);
        assertThat(read.out().lines().map(line -> line.split("\t")[5])).containsExactly(payment, payment);

        Path unfit =
                Files.writeString(folder.resolve("unfit.jsonl"), "{\"cents\":\"secret\"}\n{\"paidAt\":\"secret\"}\n");
        CommandRun unfitRun = publish(topic, keys[0], keys[1], unfit.toString());
        assertThat(unfitRun.out()).isEqualTo("0 stored, 2 failed\n");
        assertThat(unfitRun.err()).doesNotContain("secret");
    }

    @Test
    void createsATopicOnlyIfItIsToldTo() throws Exception {
        String topic = topics.unusedName("created");
        Path file = Files.writeString(folder.resolve("a.txt"), "a\nb\n");
        CommandRun refused = publish(topic, "--serializer=text", file.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains(topic).contains("--create PARTITIONS");
        assertThat(publish(topic, "--create=3", "--serializer=text", file.toString()))
                .isEqualTo(TWO_STORED);
        assertThat(publish(topic, "--create=3", "--serializer=text", file.toString()))
                .isEqualTo(TWO_STORED);
        assertThat(publish(topic, "--create=4", "--serializer=text", file.toString())
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void publishesRecordsWithTombstones() throws Exception {
        String topic = topics.create("records", 2, Map.of("retention.ms", "-1"));
        Path file = Files.writeString(folder.resolve("a.jsonl"), """
                {"key":"k","value":null,"partition":1,"timestamp":1795342530000,"headers":[{"key":"h","value":null}]}
                {"key":{"base64":"/w=="},"value":"text","topic":"other","offset":7,"partition":1}
                {"value":{"id":1}}
                {"value":"x","partition":2}
                {"key":"k"}
                """);
        CommandRun run = publish(topic, "--records", file.toString());
        assertThat(run.out()).isEqualTo("2 stored, 3 failed\n");
        assertThat(run.err())
                .contains(", line 3: value is neither a text nor {\"base64\": \"...\"}")
                .contains(", line 4: ")
                .contains(", line 5: the field value is missing");
        List<ConsumerRecord<byte[], byte[]>> records = topics.readAll(topic);
        assertThat(records).hasSize(2).allMatch(record -> record.partition() == 1);
        assertThat(records.get(0).value()).isNull();
        assertThat(records.get(0).timestamp()).isEqualTo(1_795_342_530_000L);
        assertThat(records.get(0).headers().lastHeader("h").value()).isNull();
        assertThat(records.get(1).key()).isEqualTo(new byte[] {-1});
    }

    @Test
    void storesNothingOfEmptyInput() throws Exception {
        String topic = topics.create("empty", 1);
        Path file = Files.createFile(folder.resolve("empty"));
        assertThat(publish(topic, "--serializer=text", file.toString()))
                .isEqualTo(new CommandRun(0, "0 stored, 0 failed\n", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            FILE                                            | Missing required option: '--serializer=NAME', such as --serializer=json; see kurier publish --help
            --serializer=text no-such-file                  | no-such-file: there is no such file
            --serializer=text .                             | .: it is a folder; name files
            --serializer=text --create=0 FILE               | --create 0: it is at least 1; see kurier publish --help
            --serializer=text --key-field=a FILE            | --key-field: a line for the serializer text is not JSON and has no fields; see kurier publish --help
            --serializer=text --header=a FILE               | --header: it has the form KEY=VALUE; see kurier publish --help
            --serializer=avro FILE                          | --serializer avro needs to know what the lines are: name the schema by --schema FILE
            --serializer=protobuf FILE                      | --serializer protobuf needs to know what the lines are: name the descriptor set by --schema FILE, and the message by --set message=NAME if there are several
            --serializer=avro --schema=a --set=schema=b FILE | --schema: --set schema sets it too; see kurier publish --help
            --records --serializer=media FILE               | --records: the objects of blobs have no content; to copy a topic of blobs leave --serializer out on both sides; see kurier publish --help
            --records --key-field=a FILE                    | --key-field: with --records the field key is the key; see kurier publish --help
            """)
    void endsWrongUsageWithOneLineAndTwo(String options, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "a\n");
        assertThat(publish(
                        "any", options.strip().replace("FILE", file.toString()).split(" ")))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "kurier: " + message.strip() + "\n"));
    }

    @Test
    void saysAtOnceThatNoBrokerListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("a.txt"), "a\n");
        CommandRun run = CommandRun.of(
                "publish", "--bootstrap=127.0.0.1:" + port, "--topic=a", "--serializer=text", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("kurier: --bootstrap 127.0.0.1:" + port + ": no broker listens there (");
    }

    private CommandRun publish(String topic, String... options) {
        List<String> all = new ArrayList<>(List.of("publish", "--bootstrap=" + bootstrap, "--topic=" + topic));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private List<@Nullable String> values(String topic) {
        return topics.readAll(topic).stream()
                .map(record -> text(record.value()))
                .toList();
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(Objects.requireNonNull(bytes), UTF_8);
    }
}
