// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The settings of every candidate's producer; they are the same for all. */
public final class ProducerSettings {
    /** The size of a batch, in bytes. */
    public static final String BATCH_SIZE = "131072";

    private static final Map<String, String> ALL = Map.of(
            "acks", "all",
            "enable.idempotence", "true",
            "max.in.flight.requests.per.connection", "5",
            "compression.type", "lz4",
            "batch.size", BATCH_SIZE,
            "linger.ms", "5",
            "buffer.memory", "33554432");

    /** Settings that Kurier sets to the same values itself and does not allow to be changed. */
    private static final Set<String> LOCKED = Set.of("acks", "enable.idempotence");

    private ProducerSettings() {}

    /** Returns the settings of a {@code KafkaProducer} that serializes bytes. */
    public static Map<String, Object> forKafka(String bootstrap) {
        Map<String, Object> config = new HashMap<>(ALL);
        config.put("bootstrap.servers", bootstrap);
        return config;
    }

    /** Returns the settings of a publisher with one topic of bytes, whose alias is its name. */
    public static Map<String, String> forKurier(String bootstrap, String topic) {
        Map<String, String> config = forKurier(bootstrap);
        config.put("topics." + topic + ".key.serializer", "bytes");
        config.put("topics." + topic + ".value.serializer", "bytes");
        return config;
    }

    /** Returns the settings of a publisher without topics. */
    public static Map<String, String> forKurier(String bootstrap) {
        Map<String, String> config = new HashMap<>(Map.of("bootstrap.servers", bootstrap));
        ALL.forEach((key, value) -> {
            if (!LOCKED.contains(key)) {
                config.put("producer." + key, value);
            }
        });
        return config;
    }

    /** Returns one line for the report. */
    public static String inWords() {
        StringBuilder words = new StringBuilder("producers:");
        new TreeMap<>(ALL)
                .forEach((key, value) ->
                        words.append(' ').append(key).append('=').append(value));
        return words.toString();
    }
}
