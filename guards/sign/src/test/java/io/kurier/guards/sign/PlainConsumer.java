// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Does with a stored record what Kafka's consumer does, by its configuration: it shows no null to a deserializer, and
 * passes what they make of the record to its interceptor.
 */
final class PlainConsumer {
    private final Deserializer<String> keys;
    private final Deserializer<String> values;
    private final VerifyingInterceptor<String, String> interceptor = new VerifyingInterceptor<>();
    private long offset;

    PlainConsumer(Map<String, Object> configs) {
        keys = made(configs, true);
        values = made(configs, false);
        interceptor.configure(configs);
    }

    /** The configuration of a consumer of text that verifies. */
    static Map<String, Object> configs(SignedTopic topic, Map<String, String> more) {
        Map<String, Object> configs = topic.readerKeys(Map.of());
        configs.put("key.deserializer", VerifyingKeyDeserializer.class.getName());
        configs.put("value.deserializer", VerifyingDeserializer.class);
        configs.put("sign.key.deserializer", StringDeserializer.class.getName());
        configs.put("sign.value.deserializer", StringDeserializer.class);
        configs.put("interceptor.classes", List.of(VerifyingInterceptor.class.getName()));
        configs.putAll(new HashMap<>(more));
        return configs;
    }

    @SuppressWarnings("unchecked") // of keys and values that are text
    private static Deserializer<String> made(Map<String, Object> configs, boolean isKey) {
        Object named = configs.get(isKey ? "key.deserializer" : "value.deserializer");
        try {
            Class<?> type = named instanceof Class<?> known ? known : Class.forName(String.valueOf(named));
            Deserializer<String> made =
                    (Deserializer<String>) type.getConstructor().newInstance();
            made.configure(configs, isKey);
            return made;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the record for the application; empty if the interceptor has taken it out. */
    Optional<ConsumerRecord<String, String>> read(EncodedRecord stored) {
        Headers headers = new ArrayHeaders(stored.headers());
        byte[] key = stored.key();
        byte[] value = stored.value();
        ConsumerRecord<String, String> read = new ConsumerRecord<>(
                stored.topic(),
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                size(key),
                size(value),
                key == null ? null : keys.deserialize(stored.topic(), headers, key),
                value == null ? null : values.deserialize(stored.topic(), headers, value),
                headers,
                Optional.empty());
        offset++;
        TopicPartition partition = new TopicPartition(stored.topic(), 0);
        ConsumerRecords<String, String> given =
                interceptor.onConsume(new ConsumerRecords<>(Map.of(partition, List.of(read)), Map.of()));
        return given.records(partition).stream().findFirst();
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? ConsumerRecord.NULL_SIZE : bytes.length;
    }

    /** Reads from an offset again. */
    void seek(long to) {
        offset = to;
    }
}
