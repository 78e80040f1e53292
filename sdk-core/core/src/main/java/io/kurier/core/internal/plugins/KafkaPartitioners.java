// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.LoadAwarePartitioner;
import io.kurier.spi.PartitionLoads;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Any {@link Partitioner} of Kafka's that is on the class path, as {@code class:com.example.Mine}: a class that was
 * written for {@code partitioner.class} of a producer. It is configured with the keys that are set for it.
 *
 * <p>Its arguments {@code key} and {@code value} are the encoded bytes, since that is what a publisher has when it
 * chooses the partition; {@code key.deserializer} and {@code value.deserializer} name classes that make objects of them.
 * The {@link Cluster} has the topic with its partitions, and which of them have a leader; brokers are unnamed.
 */
final class KafkaPartitioners {
    private static final String KEY_DESERIALIZER = "key.deserializer";
    private static final String VALUE_DESERIALIZER = "value.deserializer";

    private KafkaPartitioners() {}

    /**
     * Returns the partitioner of a name; empty if the name is none of a class.
     *
     * @param keys the keys that are set for it
     */
    static Optional<PartitionerPlugin> named(String name, Collection<String> keys) {
        return name.startsWith(ClassByName.PREFIX)
                ? Optional.of(new ByClass(name, List.copyOf(keys)))
                : Optional.empty();
    }

    /** Returns the origin, for people; null if it is not one of these partitioners. */
    static @Nullable String origin(Object plugin) {
        return plugin instanceof ByClass ? "the class path" : null;
    }

    /** Returns a sentence for users who have named a partitioner that does not exist. */
    static String wayOut() {
        return " class:com.example.Mine takes any Partitioner of Kafka's that is on the class path.";
    }

    private record ByClass(String name, List<String> keys) implements PartitionerPlugin {
        @Override
        public ConfigDef configDef() {
            ConfigDef definition = new ConfigDef();
            keys.forEach(key -> definition.define(key, ConfigDef.Type.STRING, ConfigDef.Importance.MEDIUM, ""));
            return definition;
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            Map<String, String> own = new HashMap<>(settings.config().originalsStrings());
            Deserializer<?> keysOf = deserializer(own.remove(KEY_DESERIALIZER), own, true);
            Deserializer<?> valuesOf = deserializer(own.remove(VALUE_DESERIALIZER), own, false);
            Partitioner made =
                    ClassByName.make(name.substring(ClassByName.PREFIX.length()).strip(), Partitioner.class);
            made.configure(own);
            return new Adapted(made, keysOf, valuesOf);
        }

        private static @Nullable Deserializer<?> deserializer(
                @Nullable String type, Map<String, String> own, boolean forKey) {
            if (type == null) {
                return null;
            }
            Deserializer<?> made = ClassByName.make(type.strip(), Deserializer.class);
            made.configure(own, forKey);
            return made;
        }
    }

    /** A partitioner of Kafka's in a publisher. */
    private static final class Adapted implements LoadAwarePartitioner {
        private static final long REFRESH_NANOS = Duration.ofMillis(10).toNanos();
        private static final Node[] NO_REPLICAS = {};

        private final Partitioner partitioner;
        private final @Nullable Deserializer<?> keys;
        private final @Nullable Deserializer<?> values;
        private volatile @Nullable View current;

        /** The cluster as the partitioner sees it, for ten milliseconds. */
        private record View(Cluster cluster, int partitions, long takenAt) {}

        Adapted(Partitioner partitioner, @Nullable Deserializer<?> keys, @Nullable Deserializer<?> values) {
            this.partitioner = partitioner;
            this.keys = keys;
            this.values = values;
        }

        @Override
        public int partition(EncodedRecord record, PartitionLoads loads) {
            String topic = record.topic();
            return partitioner.partition(
                    topic,
                    decoded(keys, record, record.key()),
                    record.key(),
                    decoded(values, record, record.value()),
                    record.value(),
                    cluster(topic, loads));
        }

        private static @Nullable Object decoded(
                @Nullable Deserializer<?> deserializer, EncodedRecord record, byte @Nullable [] bytes) {
            return deserializer == null || bytes == null
                    ? bytes
                    : deserializer.deserialize(record.topic(), record.headers(), bytes);
        }

        private Cluster cluster(String topic, PartitionLoads loads) {
            View view = current;
            long now = System.nanoTime();
            if (view == null || view.partitions() != loads.partitions() || now - view.takenAt() >= REFRESH_NANOS) {
                view = new View(clusterOf(topic, loads), loads.partitions(), now);
                current = view;
            }
            return view.cluster();
        }

        private static Cluster clusterOf(String topic, PartitionLoads loads) {
            Node broker = new Node(0, "", 0);
            List<PartitionInfo> partitions = new ArrayList<>();
            for (int i = 0; i < loads.partitions(); i++) {
                partitions.add(
                        new PartitionInfo(topic, i, loads.hasLeader(i) ? broker : null, NO_REPLICAS, NO_REPLICAS));
            }
            return new Cluster(null, List.of(broker), partitions, Set.of(), Set.of());
        }

        @Override
        public void close() {
            partitioner.close();
            if (keys != null) {
                keys.close();
            }
            if (values != null) {
                values.close();
            }
        }
    }
}
