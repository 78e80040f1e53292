// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The producer's keys that change what a publisher sees, with Kafka's defaults where Kurier has no others. The
 * configuration has checked their values already.
 *
 * @param maxRequestSize the largest record that the producer accepts, in bytes
 * @param bufferMemory the size of its buffer, in bytes, which no record may exceed either
 * @param deliveryTimeout how long the producer waits for an acknowledgment before it gives the record up
 * @param compresses whether batches are compressed, so that their size at the broker is not known here
 * @param ignoresKeys whether records with a key are spread as those without are
 */
record ProducerSettings(
        int maxRequestSize, long bufferMemory, Duration deliveryTimeout, boolean compresses, boolean ignoresKeys) {

    private static final Map<String, Object> DEFAULTS =
            ProducerConfig.configDef().defaultValues();

    static ProducerSettings of(Map<String, Object> producer) {
        return new ProducerSettings(
                (int) number(producer, ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                number(producer, ProducerConfig.BUFFER_MEMORY_CONFIG),
                Duration.ofMillis(number(producer, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)),
                !text(producer, ProducerConfig.COMPRESSION_TYPE_CONFIG).equals("none"),
                Boolean.parseBoolean(text(producer, ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG)));
    }

    private static long number(Map<String, Object> keys, String key) {
        return Long.parseLong(text(keys, key));
    }

    private static String text(Map<String, Object> keys, String key) {
        return String.valueOf(keys.getOrDefault(key, DEFAULTS.get(key))).strip();
    }
}
