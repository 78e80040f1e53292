// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.testkit.FakeKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** A topic {@code orders} with encrypted fields: a publisher that stores in memory, and readers. */
final class FieldsTopic<T> implements AutoCloseable {
    private static final String VALUE = "topics.orders.value.serializer";

    private static final String GUARD = "guard.";

    private final Map<String, String> readerKeys = new HashMap<>();
    private final Topic<String, T> topic;
    private final FakeKafka kafka = new FakeKafka();
    private final Publisher publisher;

    /**
     * Starts the publisher.
     *
     * @param folder has the keyset
     * @param keys keys below that of the serializer, whose name has the empty key; with the prefix {@code guard.} those
     *     of the guard
     */
    FieldsTopic(Path folder, Class<T> type, String fields, Map<String, String> keys) throws Exception {
        Path keyset = folder.resolve("keys.json");
        if (!Files.exists(keyset)) {
            new KeysetFile(keyset).generate(KeyKind.ENCRYPTION);
        }
        Map<String, String> config = new HashMap<>(Map.of(
                "topics.orders.key.serializer",
                "text",
                "topics.orders.guards",
                "encrypt",
                "topics.orders.guard.encrypt.key.source.file",
                keyset.toString(),
                "topics.orders.guard.encrypt.fields",
                fields));
        keys.forEach((key, value) -> config.put(
                key.isEmpty()
                        ? VALUE
                        : key.startsWith(GUARD)
                                ? "topics.orders.guard.encrypt." + key.substring(GUARD.length())
                                : VALUE + "." + key,
                value));
        readerKeys.put("encrypt.key.source.file", keyset.toString());
        readerKeys.put("encrypt.fields", fields);
        readerKeys.put("encrypt.fields.format", keys.get(""));
        topic = Topic.of("orders", String.class, type);
        publisher = kafka.start(config, topic);
    }

    /** Publishes a value and returns the record as it is stored. */
    ConsumerRecord<byte[], byte[]> publish(String key, @Nullable T value) {
        publisher.publish(topic, key, value).join();
        List<ConsumerRecord<byte[], byte[]>> stored = kafka.records(topic);
        return stored.get(stored.size() - 1);
    }

    /** Returns a stored record with another value. */
    static ConsumerRecord<byte[], byte[]> with(ConsumerRecord<byte[], byte[]> stored, byte[] value) {
        return with(stored, new String(stored.key(), UTF_8), stored.headers(), value);
    }

    /** Returns a stored record with other parts. */
    static ConsumerRecord<byte[], byte[]> with(
            ConsumerRecord<byte[], byte[]> stored, String key, Headers headers, byte[] value) {
        ConsumerRecord<byte[], byte[]> changed =
                new ConsumerRecord<>(stored.topic(), stored.partition(), stored.offset(), key.getBytes(UTF_8), value);
        headers.forEach(changed.headers()::add);
        return changed;
    }

    /** The keys of a reader, and further ones. */
    Map<String, String> readerKeys(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(readerKeys);
        keys.putAll(more);
        return keys;
    }

    /** Returns the deserializers of a consumer. */
    <V> DecryptingDeserializers<String, V> reader(Deserializer<V> values, Map<String, String> more) {
        return DecryptingDeserializers.of(readerKeys(more), new StringDeserializer(), values);
    }

    /** Reads a record as a consumer does: the key first, then the value. */
    static <V> V read(DecryptingDeserializers<String, V> reader, ConsumerRecord<byte[], byte[]> stored) {
        ConsumerRecord<byte[], byte[]> copy =
                with(stored, new String(stored.key(), UTF_8), stored.headers(), stored.value());
        reader.keys().deserialize(copy.topic(), copy.headers(), copy.key());
        return reader.values().deserialize(copy.topic(), copy.headers(), copy.value());
    }

    /** Reads one record. */
    <V> V read(ConsumerRecord<byte[], byte[]> stored, Deserializer<V> values, Map<String, String> more) {
        DecryptingDeserializers<String, V> reader = reader(values, more);
        try (Deserializer<String> keys = reader.keys();
                Deserializer<V> opened = reader.values()) {
            return read(new DecryptingDeserializers<>(keys, opened), stored);
        }
    }

    @Override
    public void close() {
        publisher.close();
    }
}
