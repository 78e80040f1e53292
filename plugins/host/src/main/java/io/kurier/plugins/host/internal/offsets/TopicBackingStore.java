// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import io.kurier.BulkReport;
import io.kurier.Message;
import io.kurier.Printable;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.start.Extensions;
import io.kurier.core.internal.start.KafkaConnection;
import io.kurier.core.internal.start.Plan;
import io.kurier.core.internal.topics.ClusterTopics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps source offsets in a compacted topic, in the format of Connect's distributed workers ({@code
 * offset.storage.topic}), so that a connector can move between a host and a cluster. Records of other connectors stay.
 * Tasks that publish exactly once write their offsets themselves, each in its transaction. Safe for use by any number of
 * threads.
 */
public final class TopicBackingStore implements OffsetBackingStore {
    /** As Connect's {@code offset.storage.partitions}. */
    private static final String PARTITIONS = "25";

    private static final Topic<byte[], byte[]> OFFSETS = Topic.of("source-offsets", byte[].class, byte[].class);
    private static final String PREFIX = "topics." + OFFSETS.alias() + ".";
    private static final String CLIENT_ID = "client.id";

    /** The beginnings of the keys of a configuration that are used; topics and profiles are those of others. */
    private static final List<String> CONNECTION =
            List.of("bootstrap.servers", "security.", "ssl.", "sasl.", "config.providers", "start.max.wait.ms");

    private final String topic;
    private final List<Setting> connection = new ArrayList<>();
    private @Nullable Opened opened; // guarded by this

    /** What is there while the store is open. */
    private record Opened(Publisher publisher, PublisherConfig config, Map<OffsetKey, Set<ByteBuffer>> keys) {}

    /**
     * A record of the topic.
     *
     * @param value null for a tombstone
     */
    public record OffsetRecord(byte[] key, byte @Nullable [] value) {}

    /**
     * Connects nothing yet.
     *
     * @param topic the topic's physical name
     * @param settings those of {@code kurier.properties}; keys that do not configure the connection are not used
     */
    public TopicBackingStore(String topic, Collection<Setting> settings) {
        this.topic = topic;
        String clientId = "kurier";
        for (Setting setting : settings) {
            if (setting.key().equals(CLIENT_ID)) {
                clientId = setting.value();
            } else if (!setting.isUsable() || CONNECTION.stream().anyMatch(setting.key()::startsWith)) {
                connection.add(setting);
            }
        }
        connection.add(new Setting(CLIENT_ID, clientId + "-offsets", "offset storage"));
    }

    @Override
    public Map<OffsetKey, Map<String, Object>> peek() {
        PublisherConfig config = config();
        if (!exists(config)) {
            throw failed(
                    topic,
                    "there is no such topic, or the principal may not see it. Check the name, or grant DESCRIBE.",
                    null);
        }
        return read(config, OffsetTopicReader.Isolation.COMMITTED).offsets();
    }

    @Override
    public synchronized Map<OffsetKey, Map<String, Object>> open() {
        if (opened != null) {
            throw new IllegalStateException("the store in the topic " + topic + " is open already");
        }
        PublisherConfig config = config();
        Publisher publisher = start(exists(config));
        boolean complete = false;
        try {
            // Whether the topic existed or not: another process may have created it since.
            OffsetTopicContent.Offsets read = read(config, OffsetTopicReader.Isolation.COMMITTED);
            opened = new Opened(publisher, config, read.keys());
            complete = true;
            return read.offsets();
        } finally {
            if (!complete) {
                publisher.close();
            }
        }
    }

    private PublisherConfig config() {
        try {
            Problems problems = new Problems();
            PublisherConfig config = ConfigReader.read(connection, List.of(), problems);
            problems.throwIfAny();
            return config;
        } catch (StartException e) {
            throw failed(topic, String.valueOf(e.getMessage()), e);
        }
    }

    private boolean exists(PublisherConfig config) {
        try {
            return !ClusterTopics.partitions(config, topic).isEmpty();
        } catch (StartException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failed(topic, String.valueOf(e.getMessage()), e);
        }
    }

    /** Starts a publisher to the topic, which creates the topic, or checks that it is compacted. */
    private Publisher start(boolean exists) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("topics.management", "create");
        keys.put(PREFIX + "name", topic);
        keys.put(PREFIX + "key.serializer", "class:" + ByteArraySerializer.class.getName());
        keys.put(PREFIX + "value.serializer", "class:" + ByteArraySerializer.class.getName());
        keys.put(PREFIX + "config.cleanup.policy", "compact");
        if (!exists) {
            keys.put(PREFIX + "partitions", PARTITIONS);
        }
        List<Setting> settings = new ArrayList<>(connection);
        keys.forEach((key, value) -> settings.add(new Setting(key, value, "offset storage")));
        try {
            return Plan.of(settings, List.of(DeclaredTopic.inCode(OFFSETS)), BoundPlugins.NONE)
                    .start(new KafkaConnection(), Extensions.NONE);
        } catch (StartException e) {
            throw failed(topic, String.valueOf(e.getMessage()), e);
        }
    }

    private OffsetTopicContent.Offsets read(PublisherConfig config, OffsetTopicReader.Isolation end) {
        OffsetTopicContent content = new OffsetTopicContent(topic);
        try (OffsetTopicReader reader = new OffsetTopicReader(config, topic)) {
            reader.read(end, content::add);
        }
        return content.offsets();
    }

    @Override
    public synchronized void write(Map<OffsetKey, @Nullable Map<String, ?>> changes) {
        Opened store = opened();
        List<Message<byte[], byte[]>> news = new ArrayList<>();
        List<Message<byte[], byte[]>> tombstones = new ArrayList<>();
        for (OffsetRecord record : records(changes)) {
            (record.value() == null ? tombstones : news).add(Message.of(OFFSETS, record.key(), record.value()));
        }
        publish(store.publisher(), news);
        publish(store.publisher(), tombstones); // later, so that a crash between the two leaves an offset
        written(changes);
    }

    private Opened opened() {
        Opened store = opened;
        if (store == null) {
            throw new IllegalStateException("the store in the topic " + topic + " is not open");
        }
        return store;
    }

    /** Returns the topic's physical name. */
    public String topic() {
        return topic;
    }

    /** Returns the records by which the topic gets changes; null forgets an offset. */
    public synchronized List<OffsetRecord> records(Map<OffsetKey, @Nullable Map<String, ?>> changes) {
        Map<OffsetKey, Set<ByteBuffer>> known = opened().keys();
        List<OffsetRecord> records = new ArrayList<>();
        changes.forEach((key, offset) -> {
            byte[] bytes = OffsetJson.key(key);
            Set<ByteBuffer> others = new HashSet<>(known.getOrDefault(key, Set.of()));
            if (offset == null) {
                others.add(ByteBuffer.wrap(bytes));
            } else {
                records.add(new OffsetRecord(bytes, OffsetJson.bytes(OffsetJson.object(key.normalized(offset)))));
                others.remove(ByteBuffer.wrap(bytes));
            }
            others.forEach(other -> records.add(new OffsetRecord(other.array(), null)));
        });
        return records;
    }

    /** Notes that the records of changes are in the topic. */
    public synchronized void written(Map<OffsetKey, @Nullable Map<String, ?>> changes) {
        Map<OffsetKey, Set<ByteBuffer>> known = opened().keys();
        changes.forEach((key, offset) -> {
            if (offset == null) {
                known.remove(key);
            } else {
                known.put(key, Set.of(ByteBuffer.wrap(OffsetJson.key(key))));
            }
        });
    }

    /**
     * Reads all offsets again, to the end that the topic has now; waits for transactions that are open before it.
     *
     * @throws BackingStoreException if they cannot be read
     */
    public synchronized Map<OffsetKey, Map<String, Object>> reload() {
        Opened store = opened();
        OffsetTopicContent.Offsets read = read(store.config(), OffsetTopicReader.Isolation.LATEST);
        store.keys().clear();
        store.keys().putAll(read.keys());
        return read.offsets();
    }

    private void publish(Publisher publisher, List<Message<byte[], byte[]>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        try {
            CompletableFuture<BulkReport> report = publisher.publishAll(OFFSETS, messages);
            publisher.flush();
            report.get().orThrow();
        } catch (PublishException e) {
            throw failed(topic, "they cannot be stored: " + ThrowableText.reason(e), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failed(topic, "they cannot be stored: " + ThrowableText.reason(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(topic, "the storing was interrupted.", e);
        }
    }

    @Override
    public synchronized void close() {
        Opened store = opened;
        opened = null;
        if (store != null) {
            store.publisher().close();
        }
    }

    /** Returns the exception for the offsets of a topic. */
    static BackingStoreException failed(String topic, String why, @Nullable Throwable cause) {
        return new BackingStoreException("source offsets in the topic " + Printable.brief(topic) + ": " + why, cause);
    }
}
