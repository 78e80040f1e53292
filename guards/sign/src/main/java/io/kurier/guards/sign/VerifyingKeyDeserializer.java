// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import io.kurier.guards.internal.InnerDeserializer;
import io.kurier.guards.internal.RecordKey;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The key deserializer beside {@link VerifyingDeserializer}: it keeps the stored key, for which the value was signed,
 * and passes it to the deserializer that {@code sign.key.deserializer} names. A record without a signature ends here.
 * So does a tombstone that is not what was signed: Kafka's consumer does not show tombstones to a deserializer of
 * values.
 *
 * @param <K> the type of keys
 */
public final class VerifyingKeyDeserializer<K> implements Deserializer<K> {
    /** The class that reads the keys of verified records. */
    public static final String KEY_DESERIALIZER_CONFIG = RecordVerifier.PREFIX + "key.deserializer";

    private @Nullable RecordVerifier verifier;
    private @Nullable Deserializer<K> inner;

    /** Creates a deserializer that {@link #configure} completes; for a consumer that makes it by its class. */
    public VerifyingKeyDeserializer() {}

    VerifyingKeyDeserializer(RecordVerifier verifier, Deserializer<K> inner) {
        this.verifier = verifier;
        this.inner = inner;
    }

    /**
     * Takes the keys of a consumer.
     *
     * @throws ConfigException if one is missing or wrong, or it is used for values
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (!isKey) {
            throw new ConfigException(VerifyingKeyDeserializer.class.getName() + " reads keys. Set it as"
                    + " key.deserializer, and " + VerifyingDeserializer.class.getName() + " as value.deserializer");
        }
        inner = InnerDeserializer.of(configs, RecordVerifier.PREFIX, true);
        verifier = new RecordVerifier(configs);
    }

    /**
     * Returns the key; what the inner deserializer makes of null for a record without a key.
     *
     * @throws VerificationException if the record has no signature, or is a tombstone that is not what was signed
     */
    @Override
    public K deserialize(String topic, Headers headers, byte @Nullable [] key) {
        Deserializer<K> next = Objects.requireNonNull(inner, "not configured");
        if (key == null) {
            return next.deserialize(topic, headers, (byte[]) null);
        }
        RecordVerifier verify = Objects.requireNonNull(verifier, "not configured");
        RecordKey.keep(VerifyingKeyDeserializer.class, headers, key);
        SignatureHeader signature = verify.signature(topic, headers);
        if (signature != null && !signature.hasValue()) {
            verify.check(signature, topic, key, headers, null);
        }
        return next.deserialize(topic, headers, key);
    }

    /**
     * Refuses a key without its headers, which have the signature.
     *
     * @throws SerializationException always
     */
    @Override
    public K deserialize(String topic, byte @Nullable [] key) {
        throw VerifyingDeserializer.noHeaders();
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
