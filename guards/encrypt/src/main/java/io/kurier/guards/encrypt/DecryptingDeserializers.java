// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The two deserializers of a consumer of encrypted records, made in code. Both are needed, since values are bound to
 * their keys. Closed by the consumer.
 *
 * <pre>{@code
 * var decrypting = DecryptingDeserializers.of(
 *         Map.of("encrypt.key.source.file", "/etc/kurier/keys.json"), new StringDeserializer(), new OrderDeserializer());
 * new KafkaConsumer<>(properties, decrypting.keys(), decrypting.values());
 * builder.stream("orders", Consumed.with(decrypting.keySerde(), decrypting.valueSerde())); // Kafka Streams
 * }</pre>
 *
 * @param keys reads keys
 * @param values reads values
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public record DecryptingDeserializers<K, V>(Deserializer<K> keys, Deserializer<V> values) {

    /**
     * Makes both.
     *
     * @param configs as in {@link RecordDecryptor}
     * @param plainKeys reads keys in plain text
     * @param plainValues reads values in plain text
     * @throws org.apache.kafka.common.config.ConfigException if the source of the keys cannot be opened
     */
    public static <K, V> DecryptingDeserializers<K, V> of(
            Map<String, ?> configs, Deserializer<K> plainKeys, Deserializer<V> plainValues) {
        return new DecryptingDeserializers<>(
                new DecryptingKeyDeserializer<>(new RecordDecryptor(configs, false), plainKeys),
                new DecryptingDeserializer<>(new RecordDecryptor(configs, false), plainValues));
    }

    /**
     * Returns a serde that reads keys. Its serializer refuses: what a stream writes is not encrypted, so its topics
     * and stores need serdes of their own.
     */
    public Serde<K> keySerde() {
        return reading(keys);
    }

    /** Returns a serde that reads values; see {@link #keySerde}. */
    public Serde<V> valueSerde() {
        return reading(values);
    }

    private static <T> Serde<T> reading(Deserializer<T> deserializer) {
        return Serdes.serdeFrom(
                (topic, data) -> {
                    throw new SerializationException("this serde only reads encrypted records, and would write plain"
                            + " text to " + topic + ". Name another serde for what is written");
                },
                deserializer);
    }
}
