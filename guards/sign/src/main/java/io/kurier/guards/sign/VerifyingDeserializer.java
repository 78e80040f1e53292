// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import io.kurier.guards.internal.InnerDeserializer;
import io.kurier.guards.internal.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies records that the guard {@code sign} has signed, and passes their values to the deserializer that {@code
 * sign.value.deserializer} names. A record that is not what was signed is a {@link VerificationException}, and that
 * deserializer sees nothing of it.
 *
 * <pre>{@code
 * key.deserializer=io.kurier.guards.sign.VerifyingKeyDeserializer
 * sign.key.deserializer=org.apache.kafka.common.serialization.StringDeserializer
 * value.deserializer=io.kurier.guards.sign.VerifyingDeserializer
 * sign.value.deserializer=io.kurier.serializers.json.JsonDeserializer
 * interceptor.classes=io.kurier.guards.sign.VerifyingInterceptor
 * sign.keyset.file=/etc/kurier/signing-public.json
 * }</pre>
 *
 * <p>All three classes are needed: Kafka shows a deserializer of values neither the key nor a tombstone nor an offset. In
 * code, {@link VerifyingDeserializers} makes the deserializers.
 *
 * @param <V> the type of values
 */
public final class VerifyingDeserializer<V> implements Deserializer<V> {
    /** The class that reads the values of verified records. */
    public static final String VALUE_DESERIALIZER_CONFIG = RecordVerifier.PREFIX + "value.deserializer";

    private @Nullable RecordVerifier verifier;
    private @Nullable Deserializer<V> inner;

    /** Creates a deserializer that {@link #configure} completes; for a consumer that makes it by its class. */
    public VerifyingDeserializer() {}

    VerifyingDeserializer(RecordVerifier verifier, Deserializer<V> inner) {
        this.verifier = verifier;
        this.inner = inner;
    }

    /**
     * Takes the keys of a consumer.
     *
     * @throws ConfigException if one is missing or wrong, or the consumer has not all classes that are needed
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Object keys = configs.get(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        if (isKey || !readsKeys(configs)) {
            throw new ConfigException(
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    name(keys),
                    "values are signed together with their keys, so keys have to be read by "
                            + VerifyingKeyDeserializer.class.getName() + ", which passes them to the class in "
                            + VerifyingKeyDeserializer.KEY_DESERIALIZER_CONFIG);
        }
        Object interceptors = configs.get(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        if (!has(interceptors, VerifyingInterceptor.class)) {
            throw new ConfigException(
                    ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                    interceptors,
                    "Kafka shows no tombstone to a deserializer of values, so " + VerifyingInterceptor.class.getName()
                            + " has to be among the interceptors, which refuses those that were not signed");
        }
        inner = InnerDeserializer.of(configs, RecordVerifier.PREFIX, false);
        verifier = new RecordVerifier(configs);
    }

    /** Returns whether keys are verified: by the consumer's deserializer, or by one that another one passes them to. */
    private static boolean readsKeys(Map<String, ?> configs) {
        return configs.entrySet().stream()
                .filter(each -> each.getKey().endsWith(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG))
                .anyMatch(each -> name(each.getValue()).equals(VerifyingKeyDeserializer.class.getName()));
    }

    private static boolean has(@Nullable Object classes, Class<?> wanted) {
        Object parsed = ConfigDef.parseType(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, classes, ConfigDef.Type.LIST);
        return parsed instanceof List<?> list
                && list.stream().anyMatch(each -> name(each).equals(wanted.getName()));
    }

    private static String name(@Nullable Object type) {
        return type instanceof Class<?> known
                ? known.getName()
                : String.valueOf(type).strip();
    }

    /**
     * Returns the value; what the inner deserializer makes of null for a tombstone.
     *
     * @throws VerificationException if the record is not what was signed
     */
    @Override
    public V deserialize(String topic, Headers headers, byte @Nullable [] value) {
        RecordVerifier verify = Objects.requireNonNull(verifier, "not configured");
        SignatureHeader signature = verify.signature(topic, headers);
        if (signature != null) {
            verify.check(signature, topic, RecordKey.of(VerifyingKeyDeserializer.class, headers), headers, value);
        }
        return Objects.requireNonNull(inner, "not configured").deserialize(topic, headers, value);
    }

    /**
     * Refuses a value without its headers, which have the signature.
     *
     * @throws SerializationException always
     */
    @Override
    public V deserialize(String topic, byte @Nullable [] value) {
        throw noHeaders();
    }

    static SerializationException noHeaders() {
        return new SerializationException("the signature of a record is in its headers, and this caller reads a key or"
                + " value alone, as the stores of Kafka Streams do. Use a serde that does not verify there");
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
