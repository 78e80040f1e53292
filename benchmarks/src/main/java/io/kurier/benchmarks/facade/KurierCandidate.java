// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.facade;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.rounds.AckCounter;
import io.kurier.benchmarks.rounds.Candidate;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What is measured: the publisher, as an application starts it. */
final class KurierCandidate implements Candidate<byte[]> {
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final Label label;
    private final Topic<byte[], byte[]> topic;
    private final Publisher publisher;

    KurierCandidate(String bootstrap, String topic, boolean dependent) {
        this.label = new Label("Publisher", dependent);
        this.topic = Topic.of(topic, byte[].class, byte[].class);
        this.publisher = Kurier.start(ProducerSettings.forKurier(bootstrap, topic), this.topic);
    }

    @Override
    public Label label() {
        return label;
    }

    @Override
    public String topic() {
        return topic.alias();
    }

    @Override
    public void send(byte[][] values, int records, AckCounter heard) {
        if (label.dependent()) {
            BiConsumer<Object, @Nullable Throwable> dependent = (receipt, failure) -> heard.outcome(failure);
            for (int i = 0; i < records; i++) {
                CompletableFuture<?> unused = publisher
                        .publish(topic, null, values[i % values.length])
                        .whenComplete(dependent);
            }
            publisher.flush().join();
            heard.await(records);
        } else {
            for (int i = 0; i < records; i++) {
                CompletableFuture<?> unused = publisher.publish(topic, null, values[i % values.length]);
            }
            publisher.flush().join();
        }
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
