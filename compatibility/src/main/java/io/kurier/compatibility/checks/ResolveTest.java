// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Resolution;
import io.kurier.Resolution.NotSettled;
import io.kurier.Resolution.NotStored;
import io.kurier.Resolution.Stored;
import io.kurier.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The outcome of a message that Kafka did not report can be resolved, or is reported as not resolvable. */
class ResolveTest {
    private static final Topic<String, String> ORDERS = Topic.of("resolve", String.class, String.class);

    private static Map<String, String> config(Relay relay) {
        Map<String, String> config = Cluster.config(ORDERS);
        config.putAll(Map.of(
                "bootstrap.servers", relay.address(),
                "topics.resolve.record.id", "true",
                "producer.delivery.timeout.ms", "1500",
                "producer.request.timeout.ms", "500",
                "producer.retry.backoff.max.ms", "100",
                "producer.reconnect.backoff.max.ms", "100"));
        return config;
    }

    @Test
    void aMessageWhoseAcknowledgmentIsLostIsFound() {
        try (Relay relay = Cluster.relay()) {
            Map<String, String> config = config(relay);
            try (Publisher publisher = Cluster.start(config, ORDERS)) {
                publisher.publish(ORDERS, "k", "first").join();
                relay.loseAnswers();
                PublishException unknown = Failures.of(publisher.publish(ORDERS, "k", "lost"));
                relay.heal();

                assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(resolve(publisher, unknown))
                        .isInstanceOfSatisfying(
                                Stored.class,
                                stored -> assertThat(stored.receipt().offset()).isEqualTo(1));
                assertThat(Cluster.values(Cluster.name(config, ORDERS))).containsExactly("first", "lost");
            }
        }
    }

    @Test
    void aMessageThatIsNotThereIsNotSettledUntilALaterOneIsStored() {
        try (Relay relay = Cluster.relay()) {
            Map<String, String> config = config(relay);
            try (Publisher publisher = Cluster.start(config, ORDERS)) {
                publisher.publish(ORDERS, "k", "first").join();
                relay.loseRequests();
                PublishException unknown = Failures.of(publisher.publish(ORDERS, "k", "lost"));
                relay.heal();

                assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(resolve(publisher, unknown)).isInstanceOf(NotSettled.class);
                publisher.publish(ORDERS, "k", "later").join();
                assertThat(resolve(publisher, unknown)).isInstanceOf(NotStored.class);
                assertThat(Cluster.values(Cluster.name(config, ORDERS))).containsExactly("first", "later");
            }
        }
    }

    private static Resolution resolve(Publisher publisher, PublishException unknown) {
        return publisher.resolve(unknown.handle().orElseThrow()).join();
    }
}
