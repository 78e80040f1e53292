// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost, stored twice, reordered or rejected while the credentials are rotated again and again under a steady
 * load, on a broker with TLS and log-ins. The times to the acknowledgment are printed beside those of a quiet run of the
 * same length.
 */
class RotationPromiseTest {
    private static final int PER_SECOND = 20_000;
    private static final int PARTITIONS = 6;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int BETWEEN_MICROS = 400_000;

    private final Trial trial = new Trial("RotationPromiseTest", "promises.rotations", 10);

    @TempDir
    Path directory;

    @Test
    void keepsItsPromisesThroughRotations() throws Exception {
        try (LocalBroker broker = LocalBroker.builder()
                .tls()
                .user("even", "even-secret")
                .user("odd", "odd-secret")
                .start()) {
            Path file = directory.resolve("kurier.properties");
            write(file, broker, 0);
            long[] took = new long[trial.kills()];
            CloseReport report;
            SteadyLoad warmUp;
            SteadyLoad rotating;
            SteadyLoad quiet;
            try (Publisher publisher = Kurier.start(file, SteadyLoad.TOPIC)) {
                warmUp = new SteadyLoad(publisher, PER_SECOND, SteadyLoad.begin());
                warmUp.start();
                LockSupport.parkNanos(WARM_UP_NANOS);
                rotating = new SteadyLoad(publisher, PER_SECOND, warmUp.end());
                long begin = System.nanoTime();
                rotating.start();
                for (int i = 0; i < trial.kills(); i++) {
                    trial.pauseAtMost(BETWEEN_MICROS);
                    write(file, broker, i + 1);
                    long before = System.nanoTime();
                    publisher.rotate().join();
                    took[i] = System.nanoTime() - before;
                }
                long length = System.nanoTime() - begin;
                quiet = new SteadyLoad(publisher, PER_SECOND, rotating.end());
                quiet.start();
                LockSupport.parkNanos(length);
                long[] unused = quiet.end();
                report = publisher.close(Duration.ofSeconds(60));
            }
            Arrays.sort(took);
            trial.note("a rotation took " + times(took));
            trial.note("to the acknowledgment with rotations: " + times(rotating.nanos()));
            trial.note("to the acknowledgment without them: " + times(quiet.nanos()));

            KeySequences check = new KeySequences();
            SteadyLoad.tell(check, List.of(warmUp, rotating, quiet));
            read(broker, check);
            Map<Fault, Integer> faults = check.faults();
            trial.note(report + ", " + check);
            assertThat(faults).as("%s: %s", trial, check).isEmpty();
            assertThat(warmUp.failed() + rotating.failed() + quiet.failed())
                    .as("failed, %s", trial)
                    .isZero();
            assertThat(report.rejected()).as("rejected, %s", trial).isZero();
            assertThat(check.records()).isEqualTo(report.stored()).isEqualTo(report.accepted());
        }
    }

    private static void write(Path file, LocalBroker broker, int number) throws IOException {
        Properties keys = new Properties();
        keys.putAll(broker.clientProperties(number % 2 == 0 ? "even" : "odd"));
        keys.putAll(Map.of(
                "topics.management",
                "create",
                "topics.steady.partitions",
                Integer.toString(PARTITIONS),
                "topics.steady.value.serializer",
                "text"));
        try (Writer writer = Files.newBufferedWriter(file)) {
            keys.store(writer, null);
        }
    }

    private static String times(long[] ascending) {
        StringBuilder text = new StringBuilder(ascending.length + " times, ms:");
        for (double quantile : new double[] {0.5, 0.95, 0.99, 0.999, 1}) {
            int index = (int) Math.min(ascending.length - 1L, Math.round(quantile * ascending.length));
            text.append(String.format(Locale.ROOT, " p%s %.1f", 100 * quantile, ascending[index] / 1e6));
        }
        return text.toString();
    }

    private static void read(LocalBroker broker, KeySequences check) {
        Map<String, Object> client = new HashMap<>(broker.clientProperties("even"));
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(SteadyLoad.TOPIC.alias(), partition))
                    .toList();
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    check.read(record.key(), SteadyLoad.numberOf(record.value()), record.partition(), record.offset());
                }
            }
        }
    }
}
