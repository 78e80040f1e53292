// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.cli.tune.Sample;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.start.Extensions;
import io.kurier.core.internal.start.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Records as a publisher gives them to Kafka's producer, and the producer's settings.
 *
 * @param contents the {@link RecordFormat#content} of each record, at least one
 * @param values the number of values that these records are of; a value of media can be several records
 * @param isReal whether they are a user's own, so that it makes sense to compress them
 * @param producer the settings of the producer
 */
record EncodedSample(List<byte[]> contents, int values, boolean isReal, ProducerSettings producer) {
    private static final String ALIAS = "plan";
    private static final int MOST_OPEN = 1_000;

    /** A seed, so that the keys of a plan are the same each time. */
    private static final long KEYS = 0x9E3779B97F4A7C15L;

    private static final int DIGITS_OF_A_LONG = 16;

    /**
     * Lets a publisher encode a sample, without a cluster.
     *
     * @param keyBytes the size of the key of each record, or null for none
     * @param keys keys as in {@code kurier.properties}
     * @throws io.kurier.StartException if a key is wrong
     * @throws PlanException if a record is refused
     */
    static EncodedSample of(Sample sample, @Nullable Integer keyBytes, Map<String, String> keys) {
        RecordingTransport transport = new RecordingTransport();
        Topic<String, ?> topic = sample.topic(ALIAS);
        Plan plan = plan(topic, sample.serializer(), keys);
        ProducerSettings producer = ProducerSettings.of(plan.config().producerKeys());
        try (Publisher publisher = plan.start(config -> transport, Extensions.NONE)) {
            List<CompletableFuture<Receipt>> open = new ArrayList<>();
            int number = 0;
            for (Object value : sample.values()) {
                String key = keyBytes == null ? null : key(number, keyBytes);
                open.add(publisher.publish(message(topic, key, value)));
                number++;
                if (open.size() == MOST_OPEN) {
                    awaitStored(open);
                }
            }
            awaitStored(open);
        }
        return new EncodedSample(transport.contents(), sample.values().size(), true, producer);
    }

    /**
     * Makes one record of a size.
     *
     * @param valueBytes the size of its value
     * @param keyBytes the size of its key, or null for none
     * @param keys keys as in {@code kurier.properties}
     * @throws io.kurier.StartException if a key is wrong
     */
    static EncodedSample ofSize(int valueBytes, @Nullable Integer keyBytes, Map<String, String> keys) {
        byte[] content =
                RecordFormat.content(keyBytes == null ? null : new byte[keyBytes], new byte[valueBytes], List.of());
        try (Plan plan = plan(Topic.of(ALIAS, String.class, byte[].class), "bytes", keys)) {
            return new EncodedSample(
                    List.of(content),
                    1,
                    false,
                    ProducerSettings.of(plan.config().producerKeys()));
        }
    }

    private static Plan plan(Topic<String, ?> topic, String serializer, Map<String, String> keys) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:9092", // required, and not contacted
                        "producer.metric.reporters",
                        "",
                        "topics." + ALIAS + ".value.serializer",
                        serializer)
                .forEach((key, value) -> settings.put(key, new Setting(key, value, "kurier plan")));
        keys.forEach((key, value) ->
                settings.put(key, new Setting(key, value, key.equals("profile") ? "--profile" : "--set")));
        return Plan.of(settings.values(), List.of(DeclaredTopic.inCode(topic)), BoundPlugins.NONE);
    }

    /** Returns another key for each number, of hexadecimal digits as those of an id, which hardly compress. */
    private static String key(int number, int bytes) {
        StringBuilder key = new StringBuilder(bytes);
        long state = number;
        while (key.length() < bytes) {
            state = mixed(state + KEYS);
            key.append(String.format(Locale.ROOT, "%016x", state), 0, Math.min(DIGITS_OF_A_LONG, bytes - key.length()));
        }
        return key.toString();
    }

    /** The finalizer of SplitMix64, which has no two results that are the same. */
    private static long mixed(long number) {
        long mixed = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    @SuppressWarnings("unchecked") // the sample has the topic made for its values
    private static <V> Message<String, V> message(Topic<String, V> topic, @Nullable String key, Object value) {
        return Message.of(topic, key, (V) value);
    }

    private static void awaitStored(List<CompletableFuture<Receipt>> open) {
        for (CompletableFuture<Receipt> future : open) {
            try {
                future.join();
            } catch (CompletionException e) {
                Throwable cause = e.getCause() instanceof PublishException failure ? failure : e;
                throw new PlanException("a record of the sample would be refused: " + cause.getMessage(), cause);
            }
        }
        open.clear();
    }
}
