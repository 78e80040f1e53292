// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

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
 * The key deserializer beside {@link DecryptingDeserializer}: it keeps the stored key, to which the value is bound,
 * decrypts it if keys are encrypted, and passes it to the deserializer that {@code encrypt.key.deserializer} names.
 *
 * @param <K> the type of keys
 */
public final class DecryptingKeyDeserializer<K> implements Deserializer<K> {
    /** The class that reads keys in plain text. */
    public static final String KEY_DESERIALIZER_CONFIG = RecordDecryptor.PREFIX + "key.deserializer";

    private @Nullable RecordDecryptor decryptor;
    private @Nullable Deserializer<K> plain;

    /** Creates a deserializer that {@link #configure} completes; for a consumer that makes it by its class. */
    public DecryptingKeyDeserializer() {}

    DecryptingKeyDeserializer(RecordDecryptor decryptor, Deserializer<K> plain) {
        this.decryptor = decryptor;
        this.plain = plain;
    }

    /**
     * Takes the keys of a consumer.
     *
     * @throws ConfigException if one is missing or wrong, or it is used for values
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (!isKey) {
            throw new ConfigException(DecryptingKeyDeserializer.class.getName()
                    + " reads keys. Set it as key.deserializer, and "
                    + DecryptingDeserializer.class.getName() + " as value.deserializer");
        }
        plain = InnerDeserializer.of(configs, RecordDecryptor.PREFIX, true);
        decryptor = new RecordDecryptor(configs, false);
    }

    /**
     * Returns the key.
     *
     * @throws DecryptionException if it cannot be decrypted
     */
    @Override
    public K deserialize(String topic, Headers headers, byte @Nullable [] key) {
        Deserializer<K> inner = Objects.requireNonNull(plain, "not configured");
        if (key == null) {
            return inner.deserialize(topic, headers, (byte[]) null);
        }
        RecordKey.keep(headers, key);
        return inner.deserialize(
                topic,
                headers,
                Objects.requireNonNull(decryptor, "not configured").key(topic, key));
    }

    /**
     * Refuses a key without its headers, since its value could not be opened.
     *
     * @throws SerializationException always
     */
    @Override
    public K deserialize(String topic, byte @Nullable [] key) {
        throw DecryptingDeserializer.noHeaders();
    }

    @Override
    public void close() {
        DecryptingDeserializer.close(plain, decryptor);
    }
}
