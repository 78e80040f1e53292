// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The purpose for which a publisher is tuned, the values of {@code profile}: defaults of a few producer keys that only
 * make sense together. Keys under {@code producer.} take precedence over them. Kurier's guarantees are the same with
 * all profiles.
 *
 * <p>The reasons for these values are in {@code docs/decisions.md}.
 */
public enum Profile {
    /** Large batches, compressed, and an acknowledgment some milliseconds later. */
    BALANCED(131_072, 5, "lz4", 67_108_864, Map.of()),
    /** The fewest and largest requests; acknowledgments come later, and a crash loses more records that had none. */
    THROUGHPUT(262_144, 50, "lz4", 134_217_728, Map.of()),
    /** Every record is sent at once. */
    LATENCY(16_384, 0, "none", 33_554_432, Map.of()),
    /** Few records that a crash could lose; after outages of some minutes records are stored instead of unknown. */
    DURABLE(16_384, 0, "none", 8_388_608, Map.of(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
            Duration.ofMinutes(10).toMillis()));

    private final Map<String, Object> producerKeys;

    Profile(int batchSize, long lingerMs, String compression, long bufferMemory, Map<String, Object> more) {
        Map<String, Object> keys = new HashMap<>(more);
        keys.put(ProducerConfig.BATCH_SIZE_CONFIG, batchSize);
        keys.put(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
        keys.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        keys.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferMemory);
        producerKeys = Map.copyOf(keys);
    }

    /** Returns the defaults of Kafka's producer keys, without prefix, each of the type that Kafka declares for it. */
    public Map<String, Object> producerKeys() {
        return producerKeys;
    }

    /** Returns the source of a value, for people. */
    String source() {
        return "profile " + name().toLowerCase(Locale.ROOT);
    }
}
