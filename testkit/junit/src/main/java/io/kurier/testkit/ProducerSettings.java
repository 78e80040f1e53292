// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The producer's keys that change what a publisher sees, with Kafka's defaults. Their values have been checked by the
 * configuration already.
 *
 * @param maxRequestSize the largest record that the producer takes, in bytes
 * @param bufferMemory the size of its buffer, in bytes, which no record may exceed either
 * @param deliveryTimeout how long the producer waits for an answer before it gives the record up
 * @param compresses whether batches are compressed, so that their size at the broker is not known here
 * @param ignoresKeys whether records with a key are spread like those without
 */
record ProducerSettings(
        int maxRequestSize, long bufferMemory, Duration deliveryTimeout, boolean compresses, boolean ignoresKeys) {

    static ProducerSettings of(Map<String, String> producer) {
        return new ProducerSettings(
                (int) number(producer, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1_048_576),
                number(producer, ProducerConfig.BUFFER_MEMORY_CONFIG, 33_554_432),
                Duration.ofMillis(number(producer, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000)),
                !producer.getOrDefault(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none")
                        .strip()
                        .equals("none"),
                Boolean.parseBoolean(producer.getOrDefault(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false")
                        .strip()));
    }

    private static long number(Map<String, String> keys, String key, long otherwise) {
        String value = keys.get(key);
        return value == null ? otherwise : Long.parseLong(value.strip());
    }
}
