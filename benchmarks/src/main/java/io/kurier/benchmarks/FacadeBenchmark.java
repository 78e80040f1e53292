// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A flood of records by the raw producer with a callback and by the facade, in turns. A round is timed from its first
 * record to the last acknowledgment.
 */
public final class FacadeBenchmark {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;
    private static final Topic<byte[], byte[]> TOPIC = Topic.of("kurier-benchmark", byte[].class, byte[].class);
    private static final Map<String, String> PRODUCER =
            Map.of("linger.ms", "5", "batch.size", "131072", "compression.type", "lz4");

    /** One way to send; answers how many records were acknowledged. */
    private interface Candidate {
        long send(byte[][] values, int records);
    }

    private FacadeBenchmark() {}

    /**
     * Runs it.
     *
     * @param args the address of a broker
     */
    public static void main(String[] args) {
        String bootstrap = args[0];
        try (Publisher publisher = publisher(bootstrap);
                KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
            System.out.println("size     raw records/s    facade records/s   ratio of medians   ratios a round");
            compare(100, 500_000, (values, n) -> raw(producer, values, n), (values, n) -> facade(publisher, values, n));
            compare(
                    1_000,
                    200_000,
                    (values, n) -> raw(producer, values, n),
                    (values, n) -> facade(publisher, values, n));
            CloseReport report = publisher.close(Duration.ofSeconds(30));
            if (report.accepted() != report.stored()) {
                throw new IllegalStateException("not all was stored: " + report);
            }
        }
    }

    private static void compare(int size, int records, Candidate raw, Candidate facade) {
        byte[][] values = values(size);
        List<Double> rawRates = new ArrayList<>();
        List<Double> facadeRates = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            // in turns, and each first every other time
            double first = rate(round % 2 == 0 ? raw : facade, values, records);
            double second = rate(round % 2 == 0 ? facade : raw, values, records);
            if (round >= WARM_UP) {
                rawRates.add(round % 2 == 0 ? first : second);
                facadeRates.add(round % 2 == 0 ? second : first);
                ratios.add(facadeRates.get(facadeRates.size() - 1) / rawRates.get(rawRates.size() - 1));
            }
        }
        double[] sorted = sorted(ratios);
        System.out.printf(
                Locale.ROOT,
                "%,5d B  %,13.0f    %,16.0f   %16.2f   %.2f to %.2f%n",
                size,
                median(rawRates),
                median(facadeRates),
                median(facadeRates) / median(rawRates),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    /** Many different values, of letters that compress about as well as text does. */
    private static byte[][] values(int size) {
        Random random = new Random(7);
        byte[][] values = new byte[1_000][size];
        for (byte[] value : values) {
            for (int i = 0; i < size; i++) {
                value[i] = (byte) ('a' + random.nextInt(16));
            }
        }
        return values;
    }

    private static double rate(Candidate candidate, byte[][] values, int records) {
        long start = System.nanoTime();
        long acknowledged = candidate.send(values, records);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (acknowledged != records) {
            throw new IllegalStateException(acknowledged + " of " + records + " records were acknowledged");
        }
        return records / seconds;
    }

    private static long raw(KafkaProducer<byte[], byte[]> producer, byte[][] values, int records) {
        LongAdder acknowledged = new LongAdder();
        for (int i = 0; i < records; i++) {
            var unused = producer.send(
                    new ProducerRecord<>(TOPIC.alias(), values[i % values.length]), (metadata, failure) -> {
                        if (failure == null) {
                            acknowledged.increment();
                        }
                    });
        }
        producer.flush();
        return acknowledged.sum();
    }

    private static long facade(Publisher publisher, byte[][] values, int records) {
        for (int i = 0; i < records; i++) {
            var unused = publisher.publish(TOPIC, null, values[i % values.length]);
        }
        publisher.flush().join();
        return records; // what was not stored shows in the report at the end
    }

    private static Publisher publisher(String bootstrap) {
        Map<String, String> config = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrap,
                "topics.management", "create",
                "topics.kurier-benchmark.partitions", "3",
                "topics.kurier-benchmark.config.retention.bytes", "268435456",
                "topics.kurier-benchmark.config.segment.bytes", "67108864",
                "topics.kurier-benchmark.key.serializer", "bytes",
                "topics.kurier-benchmark.value.serializer", "bytes"));
        PRODUCER.forEach((key, value) -> config.put("producer." + key, value));
        return Kurier.start(config, TOPIC);
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        Map<String, Object> config = new HashMap<>(PRODUCER);
        config.put("bootstrap.servers", bootstrap);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static double median(List<Double> values) {
        return sorted(values)[values.size() / 2];
    }

    private static double[] sorted(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
