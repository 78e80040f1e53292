// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.LoadAwarePartitioner;
import io.kurier.spi.Murmur2;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the partitioners of Kurier usable in a plain {@code KafkaProducer}:
 *
 * <pre>{@code
 * partitioner.class=io.kurier.partitioners.KurierPartitioner
 * kurier.partitioner=crc32
 * kurier.partitioner.null.key=hash
 * }</pre>
 *
 * <p>Each topic has a partitioner of its own. One that needs headers, fields or queues is refused: Kafka does not pass
 * them to a partitioner. Where a publisher would leave the choice to Kafka, a key goes where Kafka's own partitioner sends
 * it, and a record without a key to a random partition with a leader, the same for ten milliseconds.
 */
public final class KurierPartitioner implements Partitioner {
    /** The key that names the partitioner; its own keys begin with the same and a dot. */
    public static final String PARTITIONER_CONFIG = "kurier.partitioner";

    private final Map<String, RecordPartitioner> byTopic = new ConcurrentHashMap<>();
    private final StickyPartition withoutKey = new StickyPartition();
    private @Nullable PartitionerPlugin plugin;
    private String name = "";
    private AbstractConfig keys = new AbstractConfig(new ConfigDef(), Map.of(), false);

    /** For Kafka's producer, which then calls {@link #configure}. */
    public KurierPartitioner() {}

    /**
     * Finds the partitioner.
     *
     * @throws ConfigException if there is none of the name, its keys are wrong, or it cannot be used without a publisher
     */
    @Override
    public void configure(Map<String, ?> configs) {
        name = String.valueOf(configs.get(PARTITIONER_CONFIG)).strip();
        PartitionerPlugin found = find(name);
        keys = keysOf(found, configs);
        plugin = found;
        RecordPartitioner probe = made(found, "orders");
        probe.close();
        String need = probe instanceof LoadAwarePartitioner
                ? "the queues of partitions"
                : probe instanceof PublisherOnly only ? only.need() : null;
        if (need != null) {
            throw new ConfigException(
                    PARTITIONER_CONFIG,
                    name,
                    "it needs " + need + ", which a producer does not pass to it. Use it in a"
                            + " Publisher of Kurier, or choose another");
        }
    }

    private static PartitionerPlugin find(String name) {
        Set<String> names = new TreeSet<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        for (PartitionerPlugin each : ServiceLoader.load(
                PartitionerPlugin.class, context == null ? KurierPartitioner.class.getClassLoader() : context)) {
            if (each.name().equals(name) || each.aliases().contains(name)) {
                return each;
            }
            names.add(each.name());
        }
        throw new ConfigException(
                PARTITIONER_CONFIG, name, "it must be one of " + String.join(", ", names) + ", or an alias of one");
    }

    private static AbstractConfig keysOf(PartitionerPlugin plugin, Map<String, ?> configs) {
        String prefix = PARTITIONER_CONFIG + ".";
        ConfigDef definition = plugin.configDef();
        Map<String, Object> own = new HashMap<>();
        configs.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), value);
            }
        });
        Set<String> unknown = own.keySet().stream()
                .filter(key -> !definition.names().contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new ConfigException("the partitioner " + plugin.name() + " has no key " + String.join(", ", unknown)
                    + "; its keys are " + new TreeSet<>(definition.names()));
        }
        return new AbstractConfig(definition, own, false);
    }

    private RecordPartitioner made(PartitionerPlugin by, String topic) {
        return by.partitioner(new PartitionerSettings(name, topic, topic, keys));
    }

    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        PartitionerPlugin configured = plugin;
        if (configured == null) {
            throw new IllegalStateException("configure was not called");
        }
        int partitions = cluster.partitionCountForTopic(topic);
        int chosen = byTopic.computeIfAbsent(topic, each -> made(configured, each))
                .partition(new EncodedRecord(topic, keyBytes, valueBytes, new ArrayHeaders()), partitions);
        if (chosen == RecordPartitioner.KAFKA_CHOOSES) {
            return keyBytes == null ? anyOf(topic, partitions, cluster) : Murmur2.partition(keyBytes, partitions);
        }
        if (chosen < 0 || chosen >= partitions) {
            throw new KafkaException(
                    "the partitioner " + name + " chose partition " + chosen + ", and " + topic + " has " + partitions);
        }
        return chosen;
    }

    private int anyOf(String topic, int partitions, Cluster cluster) {
        List<PartitionInfo> available = cluster.availablePartitionsForTopic(topic);
        return available.isEmpty()
                ? withoutKey.next(partitions)
                : available.get(withoutKey.next(available.size())).partition();
    }

    @Override
    public void close() {
        byTopic.values().forEach(RecordPartitioner::close);
        if (plugin != null) {
            plugin.close();
        }
    }
}
