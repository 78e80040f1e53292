// SPDX-License-Identifier: Apache-2.0
package com.example.exactlyonce;

import static com.example.exactlyonce.ExactlyOnce.ORDERS;
import static com.example.exactlyonce.ExactlyOnce.PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.exactlyonce.ExactlyOnce.Order;
import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The promise is about {@code kill -9}, so that is what happens here to a process of its own. */
@Timeout(180)
class ExactlyOnceTest {
    private static final int LINES = 30_000;
    private static final int KILLS = 3;
    private static final int BETWEEN_KILLS = 6_000;

    /** A few transactions: the moment in which it tells something is always the beginning of one. */
    private static final int MOST_NANOS_LATER = 20_000_000;

    private static final Pattern BEGINS = Pattern.compile("begins after line (\\d+)");
    private static final Pattern PUBLISHED = Pattern.compile("published to line (\\d+)");

    private final LocalBroker broker = LocalBroker.builder()
            // when a broker looks for transactions that have taken too long; by default every 10 seconds
            .property("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200")
            .start();
    private final TestTopics topics = TestTopics.on(broker);

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        topics.close();
        broker.close();
    }

    @Test
    void howeverOftenItIsKilledEachOrderIsThereOnceAndInItsPlace() throws Exception {
        Path file = file(LINES);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int told = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            told = startAndKill(file, told, kill * BETWEEN_KILLS + random.nextInt(BETWEEN_KILLS / 2), random);
        }

        runToTheEnd(file, told);

        assertThat(orders()).isEqualTo(orders(Files.readAllLines(file)));
    }

    @Test
    void whatIsCommittedBehindAnOpenTransactionOfAnotherFileIsNotPublishedAgain() throws Exception {
        Path file = file(250);
        List<Order> first = orders(Files.readAllLines(file)).subList(0, 100);
        start().close(); // which makes the topics
        try (KafkaProducer<String, String> other = openTransactionOfAnotherFile()) {
            publishAndClose(first);
            assertThat(topics.readAll("progress")).as("hidden by the open one").isEmpty();

            ExactlyOnce.main(broker.bootstrapServers(), file.toString());
        }
        assertThat(orders()).isEqualTo(orders(Files.readAllLines(file)));
    }

    private Publisher start() {
        return Kurier.builder()
                .properties(Path.of("kurier.properties"))
                .set("bootstrap.servers", broker.bootstrapServers())
                .topics(ORDERS, PROGRESS)
                .start();
    }

    /** What an earlier run of the program has committed. */
    private void publishAndClose(List<Order> orders) {
        try (Publisher predecessor = start()) {
            predecessor
                    .transactionalSession("orders.csv")
                    .transaction(transaction -> {
                        orders.forEach(order -> transaction.publish(ORDERS, order.customer(), order));
                        transaction.publish(PROGRESS, "orders.csv", orders.size());
                        return null;
                    })
                    .join();
        }
    }

    /** A file in which each order is another one. */
    private Path file(int lines) throws Exception {
        return Files.write(
                folder.resolve("orders.csv"),
                IntStream.rangeClosed(1, lines)
                        .mapToObj(line -> "O-" + line + ",C-" + line % 7 + "," + line + ".90")
                        .toList());
    }

    /**
     * Kills a process when it has told that it has published a line.
     *
     * @param told what the one before it told last
     * @return what it told last
     */
    private int startAndKill(Path file, int told, int line, Random random) throws Exception {
        Process process = start(file);
        try (BufferedReader output = process.inputReader()) {
            assertThat(next(BEGINS, output)).isGreaterThanOrEqualTo(told);
            int now = 0;
            while (now < line) {
                now = next(PUBLISHED, output);
            }
            LockSupport.parkNanos(random.nextInt(MOST_NANOS_LATER));
            process.destroyForcibly();
            assertThat(process.waitFor()).as("it was killed, and not done").isNotZero();
            return now;
        } finally {
            process.destroyForcibly();
        }
    }

    private void runToTheEnd(Path file, int told) throws Exception {
        Process process = start(file);
        try (BufferedReader output = process.inputReader()) {
            assertThat(next(BEGINS, output)).isGreaterThanOrEqualTo(told);
            assertThat(output.lines()).last().isEqualTo(LINES + " orders are stored, " + LINES + " different ones");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Path file) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExactlyOnce.class.getName(),
                        broker.bootstrapServers(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** The next number that it tells. */
    private static int next(Pattern wanted, BufferedReader output) throws Exception {
        StringBuilder said = new StringBuilder();
        String line;
        while ((line = output.readLine()) != null) {
            Matcher matcher = wanted.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("it has ended early, and said: " + said);
    }

    private KafkaProducer<String, String> openTransactionOfAnotherFile() throws Exception {
        KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "transactional.id", "of-another-file",
                        "transaction.timeout.ms", "5000"),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("progress", "other.csv", "100")).get();
        return producer;
    }

    /** What a reader of committed records sees. */
    private List<Order> orders() {
        return topics.readAll("orders", new TextDeserializer(), new JsonDeserializer<>(Order.class)).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private static List<Order> orders(List<String> lines) {
        return lines.stream().map(Order::of).toList();
    }
}
