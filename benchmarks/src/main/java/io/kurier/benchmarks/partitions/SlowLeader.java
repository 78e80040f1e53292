// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.Topics;
import io.kurier.broker.BrokerCluster;
import io.kurier.broker.proxy.Direction;
import io.kurier.broker.proxy.FaultProxy;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Two brokers in processes of their own, of which clients reach the second one only through a proxy that slows them
 * down. It leads one partition of each topic, the first broker leads the others.
 */
final class SlowLeader implements AutoCloseable {
    /** The number of partitions of each topic. */
    static final int PARTITIONS = 6;

    /** The partition that the second broker leads. */
    private static final int SLOW_PARTITION = PARTITIONS - 1;

    private static final int SLOW_NODE = 2;
    private static final long ENOUGH_BYTES = 8_000_000_000L;

    private final FaultProxy proxy;
    private final BrokerCluster cluster;
    private final Topics topics;

    private SlowLeader(FaultProxy proxy, BrokerCluster cluster) {
        this.proxy = proxy;
        this.cluster = cluster;
        proxy.target(cluster.brokers().get(SLOW_NODE - 1).port());
        topics = new Topics(bootstrapServers(), PARTITIONS);
    }

    /** Starts the brokers, and prints a line about them. Their data are deleted when this JVM ends. */
    static SlowLeader start(PrintStream out) {
        AtomicReference<@Nullable BrokerCluster> started = new AtomicReference<>();
        FaultProxy proxy = FaultProxy.start();
        try {
            Path parent = MeasuredBroker.dataFolder(ENOUGH_BYTES);
            Path directory = Files.createTempDirectory(parent, "kurier-benchmark-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started.get(), directory), "brokers-shutdown"));
            AtomicInteger launched = new AtomicInteger();
            BrokerCluster.Builder brokers = BrokerCluster.builder(2).eachBroker((broker, nodeId) -> {
                broker.directory(directory.resolve(nodeId + "-" + launched.incrementAndGet()))
                        .jvmOptions(MeasuredBroker.jvmOptions("-Xms512m", "-Xmx512m"));
                if (nodeId == SLOW_NODE) {
                    broker.advertisedPort(proxy.port());
                }
            });
            MeasuredBroker.PROPERTIES.forEach(brokers::property);
            BrokerCluster cluster = brokers.start();
            started.set(cluster);
            out.println("brokers: two processes, 512 MiB of heap each, data in " + parent
                    + "; the second one leads 1 of " + PARTITIONS + " partitions, through a proxy in this JVM");
            return new SlowLeader(proxy, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for the brokers' data", e);
        }
    }

    private static void end(@Nullable BrokerCluster cluster, Path directory) {
        if (cluster != null) {
            cluster.close();
        }
        try {
            Utils.delete(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("the brokers' data in " + directory + " could not be deleted", e);
        }
    }

    /** Returns the address for clients. */
    String bootstrapServers() {
        return cluster.brokers().get(0).bootstrapServers();
    }

    /** Returns the counts of stored records. */
    Topics topics() {
        return topics;
    }

    /** Creates topics whose leaders are spread as described. */
    void create(Collection<String> names) {
        topics.create(
                names,
                IntStream.range(0, PARTITIONS)
                        .boxed()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                partition -> List.of(partition == SLOW_PARTITION ? SLOW_NODE : SLOW_NODE - 1))));
    }

    /** Returns how many records were ever stored in the topic's partition behind the proxy. */
    long storedBehindProxy(String topic) {
        return topics.ends(topic).getOrDefault(new TopicPartition(topic, SLOW_PARTITION), 0L);
    }

    /** Passes everything on at once. */
    void heal() {
        proxy.heal();
    }

    /** Lets each connection send so many bytes a second to the second broker. */
    void limit(long bytesPerSecond) {
        proxy.heal();
        proxy.bandwidth(Direction.TO_BROKER, bytesPerSecond);
    }

    /** Passes each request to the second broker on after a delay. */
    void delay(Duration each) {
        proxy.heal();
        proxy.latency(Direction.TO_BROKER, each, Duration.ZERO);
    }

    @Override
    public void close() {
        topics.close();
        cluster.close();
        proxy.close();
    }
}
