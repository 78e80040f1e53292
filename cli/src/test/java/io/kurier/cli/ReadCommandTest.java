// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class ReadCommandTest {
    private static final long TIME = 1_795_342_530_000L; // 2026-11-22T10:15:30Z

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
    void printsColumnsWithTabsAndEscapesWhatATerminalObeys() throws Exception {
        String topic = create("columns", 1);
        ProducerRecord<byte[], byte[]> first = record(topic, 0, TIME, "k\u001b[2J", "Grüße\t\u202e\n");
        first.headers().add("h", "v".getBytes(UTF_8)).add("b", new byte[] {-1}).add("n", null);
        send(first, tombstone(topic, TIME + 1, null), record(topic, 0, TIME + 2, "", "\u0085"));

        assertThat(read(topic))
                .isEqualTo(new CommandRun(
                        0,
                        "0\t0\t2026-11-22T10:15:30Z\th=v,b=base64:/w==,n=null\tk\\u001b[2J\tGrüße\\t\\u202e\\n\n"
                                + "0\t1\t2026-11-22T10:15:30.001Z\t-\tnull\tnull\n"
                                + "0\t2\t2026-11-22T10:15:30.002Z\t-\t\t\\u0085\n",
                        ""));
    }

    @Test
    void printsAnObjectForEachRecord() throws Exception {
        String topic = create("objects", 1);
        send(record(topic, 0, TIME, "k", "{\"id\":1.10}"), tombstone(topic, TIME, new byte[] {-1}));

        CommandRun run = read(topic, "--json", "--serializer=json");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0,
                        "{\"topic\":\"" + topic + "\",\"partition\":0,\"offset\":0,\"timestamp\":" + TIME
                                + ",\"key\":\"k\",\"value\":{\"id\":1.10},\"headers\":[]}\n{\"topic\":\"" + topic
                                + "\",\"partition\":0,\"offset\":1,\"timestamp\":" + TIME
                                + ",\"key\":{\"base64\":\"/w==\"},\"value\":null,\"headers\":[]}\n",
                        ""));
    }

    @Test
    void goesOnAfterARecordThatCannotBeDecoded() throws Exception {
        String topic = create("mixed", 1);
        send(record(topic, 0, TIME, null, "{"), record(topic, 0, TIME, null, "2"));

        CommandRun run = read(topic, "--serializer=json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.out().lines().toList().get(0)).contains("\tnot decoded: ");
        assertThat(run.out().lines().toList().get(1)).endsWith("\t2");

        JsonNode first = new ObjectMapper()
                .readTree(read(topic, "--serializer=json", "--json")
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertThat(first.get("value").asText()).isEqualTo("{");
        assertThat(first.get("error").asText()).isNotEmpty();
    }

    @Test
    void beginsWhereItIsToldTo() throws Exception {
        String topic = create("from", 2);
        send(
                record(topic, 0, TIME, null, "a0"),
                record(topic, 0, TIME + 1_000, null, "a1"),
                record(topic, 0, TIME + 2_000, null, "a2"),
                record(topic, 1, TIME + 1_000, null, "b0"));

        assertThat(values(topic)).containsExactlyInAnyOrder("a0", "a1", "a2", "b0");
        assertThat(values(topic, "--from=earliest", "--partition=1")).containsExactly("b0");
        assertThat(values(topic, "--from=latest")).isEmpty();
        assertThat(values(topic, "--from=1")).containsExactly("a1", "a2");
        assertThat(values(topic, "--from=offset:2")).containsExactly("a2");
        assertThat(values(topic, "--from=100")).isEmpty();
        assertThat(values(topic, "--from=2026-11-22T10:15:31Z")).containsExactlyInAnyOrder("a1", "a2", "b0");
        assertThat(values(topic, "--from=" + (TIME + 1_001))).containsExactly("a2");
        assertThat(values(topic, "--max=1", "--partition=0")).containsExactly("a0");
    }

    @Test
    void leavesOutRecordsOfAbortedTransactions() throws Exception {
        String topic = create("committed", 1);
        Map<String, Object> keys = Map.of("bootstrap.servers", bootstrap, "transactional.id", topic);
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(keys, bytes, bytes)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(topic, 0, TIME, null, "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(record(topic, 0, TIME, null, "committed")).get();
            producer.commitTransaction();
            assertThat(values(topic)).containsExactly("committed");
            producer.beginTransaction();
            producer.send(record(topic, 0, TIME, null, "open")).get();
            assertThat(values(topic)).containsExactly("committed");
            producer.abortTransaction();
        }
    }

    @Test
    void readsAFormatByItsKeys() throws Exception {
        Path schema = Files.writeString(
                folder.resolve("order.avsc"),
                "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":[\"null\",\"int\"]}]}");
        Path lines = Files.writeString(folder.resolve("orders.jsonl"), "{\"id\":3}\n{\"id\":null}\n");
        String topic = create("avro", 1);
        for (String framing : List.of("single-object", "none")) {
            CommandRun published = CommandRun.of(
                    "publish",
                    "--bootstrap=" + bootstrap,
                    "--topic=" + topic,
                    "--serializer=avro",
                    "--schema=" + schema,
                    "--set=framing=" + framing,
                    lines.toString());
            assertThat(published).isEqualTo(new CommandRun(0, "2 stored, 0 failed\n", ""));
        }
        CommandRun run = read(topic, "--serializer=avro", "--set=schema=" + schema, "--max=2");
        assertThat(run.out().lines().map(line -> line.split("\t")[5])).containsExactly("{\"id\":3}", "{\"id\":null}");
        CommandRun bare = read(topic, "--serializer=avro", "--set=schema=" + schema, "--set=framing=none", "--from=2");
        assertThat(bare.out().lines().map(line -> line.split("\t")[5])).containsExactly("{\"id\":3}", "{\"id\":null}");
    }

    @Test
    void opensEncryptedRecords() throws Exception {
        Path keys = folder.resolve("keys.json");
        Path others = folder.resolve("others.json");
        assertThat(CommandRun.of("keys", "generate", keys.toString()).exitCode())
                .isZero();
        assertThat(CommandRun.of("keys", "generate", others.toString()).exitCode())
                .isZero();
        String topic = create("encrypted", 1);
        Path config = Files.writeString(
                folder.resolve("encrypted.properties"),
                String.join(
                        "\n",
                        "bootstrap.servers=" + bootstrap,
                        "topics=orders",
                        "topics.orders.name=" + topic,
                        "topics.orders.key.serializer=text",
                        "topics.orders.value.serializer=text",
                        "topics.orders.guards=encrypt",
                        "topics.orders.guard.encrypt.encrypted.headers=customer",
                        "topics.orders.guard.encrypt.key.source.file=" + keys));
        Topic<String, String> orders = Topic.of("orders", String.class, String.class);
        try (Publisher publisher = Kurier.start(config, orders)) {
            publisher
                    .publish(Message.of(orders, "k", "secret").withHeader("customer", "Ada"))
                    .join();
        }

        CommandRun opened = read(topic, "--serializer=text", "--open=" + keys, "--open-set=encrypted.headers=customer");
        assertThat(opened.out()).contains("customer=Ada\tk\tsecret");
        assertThat(opened.exitCode()).isZero();
        CommandRun sealed = read(topic, "--serializer=text");
        assertThat(sealed.out()).doesNotContain("secret");
        CommandRun refused = read(topic, "--serializer=text", "--open=" + others);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out())
                .contains("the value cannot be decrypted: its data key cannot be unwrapped: the keyset");
        CommandRun wrong = read(topic, "--open=" + folder.resolve("none.json"));
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("--open: the key source tink-keyset cannot be opened: there is no file");
    }

    @Test
    void printsABlobAsOneAndNothingOfItsContent() throws Exception {
        byte[] film = new byte[3_000_000];
        new Random(18).nextBytes(film);
        Path large = Files.write(folder.resolve("film.mp4"), film);
        Path small = Files.writeString(folder.resolve("note.txt"), "secret content");
        String topic = create("blobs", 1);
        CommandRun published = CommandRun.of(
                "publish",
                "--bootstrap=" + bootstrap,
                "--topic=" + topic,
                "--serializer=media",
                large.toString(),
                small.toString());
        assertThat(published).isEqualTo(new CommandRun(0, "2 stored, 0 failed\n", ""));

        CommandRun one = read(topic, "--serializer=media", "--max=1");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(film));
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(one.out().split("\t")[4]).isEqualTo("film.mp4");
        assertThat(one.out().split("\t")[5])
                .isEqualTo("{\"name\":\"film.mp4\",\"size\":3000000,\"contentType\":\"video/mp4\",\"sha256\":\""
                        + digest + "\"}\n");
        CommandRun both = read(topic, "--serializer=media", "--json");
        assertThat(both.out().lines()).hasSize(2);
        assertThat(both.out()).contains("\"name\":\"note.txt\",\"size\":14").doesNotContain("secret");

        CommandRun half = read(topic, "--serializer=media", "--from=1");
        assertThat(half.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(half.out().lines().findFirst().orElseThrow()).contains("not decoded: the blob ");
    }

    @Test
    void followsTheEndUntilItIsInterrupted() throws Exception {
        String topic = create("follow", 1);
        send(record(topic, 0, TIME, null, "before"));
        StringWriter out = new StringWriter();
        AtomicInteger exitCode = new AtomicInteger();
        Thread command = new Thread(() -> exitCode.set(Main.run(
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                "read",
                "--bootstrap=" + bootstrap,
                "--topic=" + topic,
                "--follow")));
        command.start();
        await().atMost(60, TimeUnit.SECONDS).until(() -> out.toString().contains("before"));
        send(record(topic, 0, TIME, null, "after"));
        await().atMost(60, TimeUnit.SECONDS).until(() -> out.toString().contains("after"));
        command.interrupt();
        command.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(exitCode).hasValue(130);
    }

    @Test
    void refusesWrongInput() throws Exception {
        String topic = create("wrong", 2);
        assertThat(read("no-such-topic").err())
                .isEqualTo(
                        "kurier: there is no topic no-such-topic, or the principal may not see it. Check the name, or"
                                + " grant DESCRIBE.\n");
        assertThat(read(topic, "--partition=2"))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE,
                        "",
                        "kurier: --partition 2: the topic " + topic + " has the partitions 0 to 1\n"));
        assertThat(read(topic, "--max=0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(read(topic, "--from=never").err()).contains("it is none of earliest, latest, an offset, and a time");
        assertThat(read(topic, "--serializer=jsn").err())
                .contains("no serializer is named \"jsn\". Did you mean json?");
        assertThat(read(topic, "--serializer=json", "--set=framng=none").err())
                .contains("topics.topic.value.serializer.framng (--set): unknown key. Did you mean ");
        assertThat(read(topic, "--set=x").err()).startsWith("kurier: --set: it has the form KEY=VALUE");
        assertThat(read(topic, "--serializer=protobuf").err()).contains("it cannot read with these keys.");
        assertThat(read(topic)).isEqualTo(new CommandRun(0, "", ""));
    }

    /** Creates a topic whose records are kept, whatever their timestamps are. */
    private String create(String name, int partitions) {
        return topics.create(name, partitions, Map.of("retention.ms", "-1"));
    }

    private List<String> values(String topic, String... options) {
        CommandRun run = read(topic, options);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().lines().map(line -> line.split("\t")[5]).toList();
    }

    private CommandRun read(String topic, String... options) {
        List<String> all = new ArrayList<>(List.of("read", "--bootstrap=" + bootstrap, "--topic=" + topic));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, int partition, long time, @Nullable String key, String value) {
        return new ProducerRecord<>(
                topic, partition, time, key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> tombstone(String topic, long time, byte @Nullable [] key) {
        return new ProducerRecord<byte[], byte[]>(topic, 0, time, key, null, List.of());
    }

    @SafeVarargs
    private void send(ProducerRecord<byte[], byte[]>... records) throws Exception {
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), bytes, bytes)) {
            for (ProducerRecord<byte[], byte[]> record : Stream.of(records).toList()) {
                producer.send(record).get();
            }
        }
    }
}
