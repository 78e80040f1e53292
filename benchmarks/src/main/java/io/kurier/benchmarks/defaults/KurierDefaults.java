// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.benchmarks.rounds.AckCounter;
import io.kurier.benchmarks.rounds.Candidate;
import io.kurier.core.Kurier;
import io.kurier.core.internal.config.Profile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is measured: the publisher with the two keys that it cannot do without, or with a profile beside them. */
final class KurierDefaults implements Candidate<Order> {
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final Label label;
    private final Topic<String, Order> topic;
    private final Publisher publisher;

    KurierDefaults(String bootstrap, String topic, @Nullable Profile profile) {
        Map<String, String> config =
                new HashMap<>(Map.of("bootstrap.servers", bootstrap, "topics." + topic + ".value.serializer", "json"));
        if (profile != null) {
            config.put("profile", profile.name().toLowerCase(Locale.ROOT));
        }
        this.label = new Label("Publisher" + (profile == null ? "" : ", profile=" + config.get("profile")), false);
        this.topic = Topic.of(topic, String.class, Order.class);
        this.publisher = Kurier.start(config, this.topic);
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
    public void send(Order[] values, int records, AckCounter heard) {
        for (int i = 0; i < records; i++) {
            Order order = values[i % values.length];
            CompletableFuture<?> unused = publisher.publish(topic, order.customer(), order);
        }
        publisher.flush().join();
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
