// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.facade;

import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.rounds.AckCounter;
import io.kurier.benchmarks.rounds.Candidate;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The peer: Spring's template, as Spring makes it from a map of settings. */
final class SpringCandidate implements Candidate<byte[]> {
    private final Label label;
    private final String topic;
    private final DefaultKafkaProducerFactory<byte[], byte[]> factory;
    private final KafkaTemplate<byte[], byte[]> template;

    SpringCandidate(String bootstrap, String topic, boolean dependent) {
        this.label = new Label("KafkaTemplate", dependent);
        this.topic = topic;
        this.factory = new DefaultKafkaProducerFactory<>(
                ProducerSettings.forKafka(bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        this.template = new KafkaTemplate<>(factory);
    }

    @Override
    public Label label() {
        return label;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void send(byte[][] values, int records, AckCounter heard) {
        if (label.dependent()) {
            BiConsumer<Object, @Nullable Throwable> dependent = (result, failure) -> heard.outcome(failure);
            for (int i = 0; i < records; i++) {
                CompletableFuture<?> unused =
                        template.send(topic, values[i % values.length]).whenComplete(dependent);
            }
        } else {
            for (int i = 0; i < records; i++) {
                CompletableFuture<?> unused = template.send(topic, values[i % values.length]);
            }
        }
        template.flush(); // dependents run on the I/O thread, before it answers
    }

    @Override
    public void close() {
        factory.destroy();
    }
}
