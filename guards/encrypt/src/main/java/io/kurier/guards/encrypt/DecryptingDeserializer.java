// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.ArrayHeaders;
import io.kurier.guards.internal.InnerDeserializer;
import io.kurier.guards.internal.RecordKey;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts values that the guard {@code encrypt} has encrypted, and passes them to the deserializer that {@code
 * encrypt.value.deserializer} names. What cannot be decrypted is a {@link DecryptionException}, and that deserializer
 * sees nothing of it. Headers that are encrypted are replaced in the record.
 *
 * <pre>{@code
 * key.deserializer=io.kurier.guards.encrypt.DecryptingKeyDeserializer
 * encrypt.key.deserializer=org.apache.kafka.common.serialization.StringDeserializer
 * value.deserializer=io.kurier.guards.encrypt.DecryptingDeserializer
 * encrypt.value.deserializer=io.kurier.serializers.json.JsonDeserializer
 * encrypt.key.source.file=/etc/kurier/keys.json
 * }</pre>
 *
 * <p>If the guard has encrypted fields, {@code encrypt.fields} has to name the same ones, and {@code
 * encrypt.fields.format} the format: those of {@code json} are opened before that deserializer, those of {@code avro} and
 * {@code protobuf} in the records and messages that it returns.
 *
 * <p>Values are bound to their keys, which Kafka does not show to a deserializer of values; so the key deserializer has
 * to be {@link DecryptingKeyDeserializer}. In code, {@link DecryptingDeserializers} makes both.
 *
 * @param <V> the type of values
 */
public final class DecryptingDeserializer<V> implements Deserializer<V> {
    /** The class that reads values in plain text. */
    public static final String VALUE_DESERIALIZER_CONFIG = RecordDecryptor.PREFIX + "value.deserializer";

    private @Nullable RecordDecryptor decryptor;
    private @Nullable Deserializer<V> plain;

    /** Creates a deserializer that {@link #configure} completes; for a consumer that makes it by its class. */
    public DecryptingDeserializer() {}

    DecryptingDeserializer(RecordDecryptor decryptor, Deserializer<V> plain) {
        this.decryptor = decryptor;
        this.plain = plain;
    }

    /**
     * Takes the keys of a consumer.
     *
     * @throws ConfigException if one is missing or wrong, or the consumer has another key deserializer
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Object keys = configs.get(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        String name = keys instanceof Class<?> type ? type.getName() : String.valueOf(keys);
        if (isKey || !name.strip().equals(DecryptingKeyDeserializer.class.getName())) {
            throw new ConfigException(
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    name,
                    "values are bound to their keys, so keys have to be read by "
                            + DecryptingKeyDeserializer.class.getName() + ", which passes them to the class in "
                            + DecryptingKeyDeserializer.KEY_DESERIALIZER_CONFIG);
        }
        plain = InnerDeserializer.of(configs, RecordDecryptor.PREFIX, false);
        decryptor = new RecordDecryptor(configs, false);
    }

    /**
     * Returns the value; what the inner deserializer makes of null for a tombstone.
     *
     * @throws DecryptionException if it cannot be decrypted
     */
    @Override
    public V deserialize(String topic, Headers headers, byte @Nullable [] value) {
        Deserializer<V> inner = Objects.requireNonNull(plain, "not configured");
        if (value == null) {
            return inner.deserialize(topic, headers, (byte[]) null);
        }
        RecordDecryptor open = Objects.requireNonNull(decryptor, "not configured");
        if (open.opensObjects()) {
            return object(open, inner, topic, headers, value);
        }
        byte[] key = RecordKey.of(headers);
        byte[] opened = open.value(topic, key, headers, value);
        open.decryptHeaders(topic, key, headers);
        return inner.deserialize(topic, headers, opened);
    }

    /** The headers are kept as they are stored: the fields are bound to them. */
    @SuppressWarnings("unchecked") // of a field only its content changes
    private V object(RecordDecryptor open, Deserializer<V> inner, String topic, Headers headers, byte[] value) {
        byte[] key = RecordKey.of(headers);
        ArrayHeaders stored = new ArrayHeaders(headers);
        open.decryptHeaders(topic, key, headers);
        V read = inner.deserialize(topic, headers, value);
        return read == null ? read : (V) open.object(topic, key, stored, value, read);
    }

    /**
     * Refuses a value without its headers, which it is bound to.
     *
     * @throws SerializationException always
     */
    @Override
    public V deserialize(String topic, byte @Nullable [] value) {
        throw noHeaders();
    }

    static SerializationException noHeaders() {
        return new SerializationException("an encrypted record is bound to its key and headers, and this caller reads a"
                + " key or value alone, as the stores of Kafka Streams do. Use a serde of plain text there");
    }

    @Override
    public void close() {
        close(plain, decryptor);
    }

    /** Closes both, also if the first fails. */
    static void close(@Nullable Deserializer<?> plain, @Nullable RecordDecryptor decryptor) {
        try {
            if (plain != null) {
                plain.close();
            }
        } finally {
            if (decryptor != null) {
                decryptor.close();
            }
        }
    }
}
