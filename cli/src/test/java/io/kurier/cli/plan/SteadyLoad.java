// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.cli.tune.Sample;
import io.kurier.core.Kurier;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Publishes at a steady rate to a real broker, and reads from the broker what that came to. */
final class SteadyLoad {
    private static final Topic<byte[], byte[]> TOPIC = Topic.of("load", byte[].class, byte[].class);
    private static final String REQUESTS = "kafka.network:type=RequestMetrics,name=RequestsPerSec,request=Produce,*";
    private static final int KEY_BYTES = 16;
    private static final int LEAST = 5;
    private static final double SECOND = 1e9;

    private final LocalBroker broker;
    private final Shape shape;
    private final String topic;
    private final int records;
    private final Random keys = new Random(1);

    /**
     * Prepares it.
     *
     * @param topic a topic with the shape's partitions, to which only this test writes; no other publisher may run in this
     *     JVM, whose brokers count requests together
     * @param seconds how long it is published
     */
    SteadyLoad(LocalBroker broker, Shape shape, String topic, double seconds) {
        this.broker = broker;
        this.shape = shape;
        this.topic = topic;
        records = (int) (shape.perSecond() * seconds);
    }

    /**
     * What is published.
     *
     * @param name for people
     * @param values the values, in turn
     * @param perSecond the rate that is tried
     * @param profile the publisher's profile
     * @param partitions the number of partitions
     * @param isKeyed whether each record has another key
     * @param isOneByOne whether a record is published only after the one before it is acknowledged, and its time has come
     */
    record Shape(
            String name,
            List<byte[]> values,
            double perSecond,
            String profile,
            int partitions,
            boolean isKeyed,
            boolean isOneByOne) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * What happened.
     *
     * @param records how many were published
     * @param perSecond the rate that was reached
     * @param diskBytes by which the topic has grown, as {@code describeLogDirs} reports it
     * @param requests the Produce requests that the broker received
     * @param wireBytes the bytes that the producer sent
     */
    record Result(int records, double perSecond, long diskBytes, long requests, double wireBytes) {
        double requestsPerSecond() {
            return requests * perSecond / records;
        }

        double wireBytesPerSecond() {
            return wireBytes * perSecond / records;
        }
    }

    /** Publishes; a tenth before it is not counted. */
    Result run() throws Exception {
        Map<String, String> config = new HashMap<>(broker.clientProperties());
        config.putAll(Map.of(
                "profile",
                shape.profile(),
                "client.id",
                topic,
                "topics.load.name",
                topic,
                "topics.load.key.serializer",
                "bytes",
                "topics.load.value.serializer",
                "bytes"));
        try (Publisher publisher = Kurier.builder().set(config).topics(TOPIC).start();
                ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
            double unused = publish(publisher, Math.max(LEAST, records / 10));
            long diskBefore = diskBytes(admin);
            long requestsBefore = requests();
            double wireBefore = wireBytes();
            double perSecond = publish(publisher, records);
            return new Result(
                    records,
                    perSecond,
                    diskBytes(admin) - diskBefore,
                    requests() - requestsBefore,
                    wireBytes() - wireBefore);
        }
    }

    private double publish(Publisher publisher, int count) throws Exception {
        long interval = (long) (SECOND / shape.perSecond());
        List<CompletableFuture<Receipt>> all = new ArrayList<>();
        long started = System.nanoTime();
        long last = started;
        for (int i = 0; i < count; i++) {
            // A slow record that is late is not followed by those it delays, which would share a batch with it.
            long due = shape.isOneByOne() && i > 0 ? last + interval : started + i * interval;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            last = System.nanoTime();
            CompletableFuture<Receipt> future = publisher.publish(Message.of(
                    TOPIC, key(), shape.values().get(i % shape.values().size())));
            if (shape.isOneByOne()) {
                future.get(60, TimeUnit.SECONDS);
            }
            all.add(future);
        }
        publisher.flush().get(60, TimeUnit.SECONDS);
        for (CompletableFuture<Receipt> future : all) {
            future.get(60, TimeUnit.SECONDS);
        }
        return (count - 1) / (Math.max(1, last - started) / SECOND);
    }

    private byte @Nullable [] key() {
        return shape.isKeyed()
                ? String.format(Locale.ROOT, "%016x", keys.nextLong()).getBytes(StandardCharsets.UTF_8)
                : null;
    }

    private long diskBytes(ClusterAdmin admin) throws Exception {
        int node =
                admin.kafka().describeCluster().nodes().get().iterator().next().id();
        return admin.kafka().describeLogDirs(List.of(node)).allDescriptions().get().values().stream()
                .flatMap(folders -> folders.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    private static long requests() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        long requests = 0;
        for (ObjectName name : beans.queryNames(new ObjectName(REQUESTS), null)) {
            requests += ((Number) beans.getAttribute(name, "Count")).longValue();
        }
        return requests;
    }

    private double wireBytes() throws Exception {
        ObjectName name = new ObjectName("kafka.producer:type=producer-metrics,client-id=" + topic);
        return ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "outgoing-byte-total"))
                .doubleValue();
    }

    /** Returns the plan for the rate that was reached. */
    CapacityPlan plan(Result result) {
        Load load = new Load(
                result.perSecond(),
                (long) result.records(),
                1,
                shape.isKeyed(),
                true,
                shape.partitions(),
                10_000_000,
                1,
                1,
                Duration.ofDays(7),
                1 << 30,
                Duration.ofMillis(2));
        long bytes = shape.values().stream().mapToLong(value -> value.length).sum();
        return CapacityPlan.of(
                load,
                new Sample("shape", "bytes", byte[].class, List.copyOf(shape.values()), bytes),
                shape.isKeyed() ? KEY_BYTES : null,
                Map.of("profile", shape.profile(), "client.id", topic));
    }
}
