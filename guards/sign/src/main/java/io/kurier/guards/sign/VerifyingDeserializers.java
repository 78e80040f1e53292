// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The two deserializers of a consumer of signed records, made in code. Both are needed, since values are signed together
 * with their keys, and a consumer also needs {@link VerifyingInterceptor} in its {@code interceptor.classes}. Closed by
 * the consumer.
 *
 * <pre>{@code
 * properties.put("interceptor.classes", VerifyingInterceptor.class.getName());
 * properties.put("sign.keyset.file", "/etc/kurier/signing-public.json");
 * var verifying = VerifyingDeserializers.of(properties, new StringDeserializer(), new OrderDeserializer());
 * new KafkaConsumer<>(properties, verifying.keys(), verifying.values());
 * builder.stream("orders", Consumed.with(verifying.keySerde(), verifying.valueSerde())); // Kafka Streams
 * }</pre>
 *
 * <p>Kafka Streams shows tombstones to these serdes and needs no interceptor. It does not show them offsets, so they
 * detect no replays.
 *
 * @param keys reads keys
 * @param values reads values
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public record VerifyingDeserializers<K, V>(Deserializer<K> keys, Deserializer<V> values) {

    /**
     * Makes both.
     *
     * @param configs as in {@link RecordVerifier}
     * @param innerKeys reads the keys of verified records
     * @param innerValues reads the values of verified records
     * @throws org.apache.kafka.common.config.ConfigException as {@link RecordVerifier}
     */
    public static <K, V> VerifyingDeserializers<K, V> of(
            Map<String, ?> configs, Deserializer<K> innerKeys, Deserializer<V> innerValues) {
        RecordVerifier verifier = new RecordVerifier(configs);
        return new VerifyingDeserializers<>(
                new VerifyingKeyDeserializer<>(verifier, innerKeys),
                new VerifyingDeserializer<>(verifier, innerValues));
    }

    /**
     * Returns a serde that reads keys. Its serializer refuses: what a stream writes is not signed, so its topics and
     * stores need serdes of their own.
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
                    throw new SerializationException("this serde only reads signed records, and would write to " + topic
                            + " without a signature. Name another serde for what is written");
                },
                deserializer);
    }
}
