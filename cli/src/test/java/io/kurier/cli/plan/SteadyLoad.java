// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Publishes at a steady rate to a real broker, and reads from the broker what that came to. */
final class SteadyLoad {
    private static final Topic<byte[], byte[]> TOPIC = Topic.of("load", byte[].class, byte[].class);
    private static final String REQUESTS = "kafka.network:type=RequestMetrics,name=RequestsPerSec,request=Produce,*";

    private final LocalBroker broker;
    private final Shape shape;
    private final String topic;

    SteadyLoad(LocalBroker broker, Shape shape, String topic) {
        this.broker = broker;
        this.shape = shape;
        this.topic = topic;
    }

    /**
     * What is published.
     *
     * @param name for people
     * @param values the values, in turn
     * @param perSecond the rate that is tried
     * @param records how many are published
     * @param profile the publisher's profile
     * @param partitions the number of partitions
     * @param isOneByOne whether a record is published only after the one before it is acknowledged
     */
    record Shape(
            String name,
            List<byte[]> values,
            double perSecond,
            int records,
            String profile,
            int partitions,
            boolean isOneByOne) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * What happened.
     *
     * @param perSecond the rate that was reached
     * @param diskBytes by which the topic has grown, as {@code describeLogDirs} reports it
     * @param requests the Produce requests that the brokers of this JVM received
     */
    record Result(double perSecond, long diskBytes, long requests) {}

    Result run() throws Exception {
        Map<String, String> keys = new java.util.HashMap<>(broker.clientProperties());
        keys.putAll(Map.of(
                "profile",
                shape.profile(),
                "topics.load.name",
                topic,
                "topics.load.key.serializer",
                "bytes",
                "topics.load.value.serializer",
                "bytes"));
        try (Publisher publisher = Kurier.builder().set(keys).topics(TOPIC).start();
                ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
            publish(publisher, Math.max(5, shape.records() / 10));
            long diskBefore = diskBytes(admin);
            long requestsBefore = requests();
            double perSecond = publish(publisher, shape.records());
            return new Result(perSecond, diskBytes(admin) - diskBefore, requests() - requestsBefore);
        }
    }

    private double publish(Publisher publisher, int records) throws Exception {
        long interval = (long) (1e9 / shape.perSecond());
        List<CompletableFuture<Receipt>> all = new ArrayList<>();
        long started = System.nanoTime();
        long last = started;
        for (int i = 0; i < records; i++) {
            // A record that is late is not followed by those it delays, which would share a batch with it.
            long due = shape.isOneByOne() && i > 0 ? last + interval : started + i * interval;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            last = System.nanoTime();
            all.add(publisher.publish(Message.of(
                    TOPIC, null, shape.values().get(i % shape.values().size()))));
            if (shape.isOneByOne()) {
                all.get(i).get(60, TimeUnit.SECONDS);
            }
        }
        publisher.flush().get(60, TimeUnit.SECONDS);
        for (CompletableFuture<Receipt> future : all) {
            future.get(60, TimeUnit.SECONDS);
        }
        return (records - 1) / (Math.max(1, last - started) / 1e9);
    }

    private long diskBytes(ClusterAdmin admin) throws Exception {
        return admin.kafka().describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
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

    /** Returns the plan for the rate that was reached. */
    Map<String, Object> plan(Result result) {
        Load load = new Load(
                result.perSecond(),
                (long) shape.records(),
                1,
                false,
                shape.partitions(),
                10_000_000,
                1,
                1,
                Duration.ofDays(7),
                1 << 30,
                Duration.ofMillis(2));
        io.kurier.cli.tune.Sample sample = new io.kurier.cli.tune.Sample(
                "shape",
                "bytes",
                byte[].class,
                List.copyOf(shape.values()),
                shape.values().stream().mapToLong(value -> value.length).sum());
        return CapacityPlan.of(load, sample, null, Map.of("profile", shape.profile()))
                .numbers();
    }
}
