// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * The keys of Kafka's producer on which the model depends, with the values that a publisher would give it.
 *
 * @param batchSize {@code batch.size}, in bytes
 * @param lingerSeconds {@code linger.ms}, in seconds
 * @param codec {@code compression.type}
 * @param level the level of that compression
 * @param bufferMemory {@code buffer.memory}, in bytes
 * @param maxRequestSize {@code max.request.size}, in bytes
 * @param maxInFlight {@code max.in.flight.requests.per.connection}
 * @param clientIdLength the length of {@code client.id}
 */
record ProducerSettings(
        int batchSize,
        double lingerSeconds,
        Codec codec,
        int level,
        long bufferMemory,
        int maxRequestSize,
        int maxInFlight,
        int clientIdLength) {
    private static final double MILLIS = 1e3;

    /** What Kafka's producer calls itself without {@code client.id}. */
    private static final String UNNAMED = "producer-1";

    /** Reads the keys of a checked configuration; those that are not set have Kafka's default. */
    static ProducerSettings of(Map<String, Object> keys) {
        ConfigDef definition = ProducerConfig.configDef();
        Codec codec = Codec.of(string(definition, keys, ProducerConfig.COMPRESSION_TYPE_CONFIG));
        String clientId = string(definition, keys, ProducerConfig.CLIENT_ID_CONFIG);
        return new ProducerSettings(
                (int) number(definition, keys, ProducerConfig.BATCH_SIZE_CONFIG),
                number(definition, keys, ProducerConfig.LINGER_MS_CONFIG) / MILLIS,
                codec,
                level(codec, definition, keys),
                number(definition, keys, ProducerConfig.BUFFER_MEMORY_CONFIG),
                (int) number(definition, keys, ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                (int) number(definition, keys, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                (clientId.isEmpty() ? UNNAMED : clientId).length());
    }

    private static int level(Codec codec, ConfigDef definition, Map<String, Object> keys) {
        return switch (codec) {
            case NONE, SNAPPY -> 0;
            case GZIP -> (int) number(definition, keys, ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG);
            case LZ4 -> (int) number(definition, keys, ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG);
            case ZSTD -> (int) number(definition, keys, ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG);
        };
    }

    private static long number(ConfigDef definition, Map<String, Object> keys, String name) {
        return value(definition, keys, name) instanceof Number number ? number.longValue() : 0;
    }

    private static String string(ConfigDef definition, Map<String, Object> keys, String name) {
        return String.valueOf(value(definition, keys, name));
    }

    private static @Nullable Object value(ConfigDef definition, Map<String, Object> keys, String name) {
        ConfigDef.ConfigKey key = definition.configKeys().get(name);
        if (key == null) {
            throw new IllegalStateException("Kafka's producer has no key " + name);
        }
        Object value = keys.get(name);
        return value == null ? key.defaultValue : ConfigDef.parseType(name, value, key.type);
    }
}
