// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.clients;

import io.kurier.BulkReport;
import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.spi.Instrumentation;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The measured client: the publisher, as an application starts it. */
public class KurierClient<K, V> implements Client<V> {
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final String name;
    private final Topic<K, V> topic;
    private final Function<V, @Nullable K> key;
    private final Publisher publisher;

    /**
     * Starts a publisher.
     *
     * @param name its name in the reports
     * @param topic a topic whose alias is its name
     * @param key returns the key of a value, or null for none
     * @param instrumentations metrics or spans, if any
     */
    public KurierClient(
            String name,
            Topic<K, V> topic,
            Map<String, String> config,
            Function<V, @Nullable K> key,
            Instrumentation... instrumentations) {
        this.name = name;
        this.topic = topic;
        this.key = key;
        KurierBuilder builder = Kurier.builder().set(config).topics(topic);
        for (Instrumentation instrumentation : instrumentations) {
            builder.instrumentation(instrumentation);
        }
        this.publisher = builder.start();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String topic() {
        return topic.alias();
    }

    @Override
    public void send(V value, Consumer<@Nullable Throwable> outcome) {
        CompletableFuture<?> unused = publisher
                .publish(topic, key.apply(value), value)
                .whenComplete((receipt, failure) -> outcome.accept(failure));
    }

    @Override
    public void sendAll(V[] values, int from, int to, AckCounter heard, boolean dependent) {
        if (dependent) {
            BiConsumer<Object, @Nullable Throwable> counting = (receipt, failure) -> heard.outcome(failure);
            for (int i = from; i < to; i++) {
                V value = values[i % values.length];
                CompletableFuture<?> unused =
                        publisher.publish(topic, key.apply(value), value).whenComplete(counting);
            }
        } else {
            for (int i = from; i < to; i++) {
                V value = values[i % values.length];
                CompletableFuture<?> unused = publisher.publish(topic, key.apply(value), value);
            }
        }
    }

    /** Publishes messages with one future for all of them. */
    final CompletableFuture<BulkReport> publishAll(Iterator<Message<K, V>> messages) {
        return publisher.publishAll(topic, messages);
    }

    /** Returns a value as a message. */
    final Message<K, V> message(V value) {
        return Message.of(topic, key.apply(value), value);
    }

    @Override
    public void flush() {
        publisher.flush().join();
    }

    @Override
    public void transaction(V[] values, int from, int to, AckCounter heard) {
        publisher
                .transaction(transaction -> {
                    for (int i = from; i < to; i++) {
                        V value = values[i % values.length];
                        transaction.publish(topic, key.apply(value), value);
                    }
                    return null;
                })
                .join();
    }

    /** Ends the publisher, which counts too. */
    @Override
    public void close() {
        CloseReport report = publisher.close(CLOSE);
        if (report.accepted() != report.stored()) {
            throw new IllegalStateException("not all of " + topic + " was stored: " + report);
        }
    }
}
