// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.Health;
import io.kurier.Health.Cause;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.time.Lasting;
import io.kurier.core.transport.TopicManagement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * Judges one of Kafka's producers by its own metrics and its metadata, without a request. Used by one thread at a time.
 */
final class ProducerHealth {
    private final PublisherConfig config;
    private final ManagedProducer client;
    private final Metric connections;
    private final Metric failedLogins;
    private final Metric available;
    private final double batch;
    private final Lasting disconnected;
    private final Lasting full;

    /** The number of refused log-ins when a broker was connected last. */
    private double failedBefore;

    ProducerHealth(PublisherConfig config, ManagedProducer client) {
        this.config = config;
        this.client = client;
        this.connections = ClientAssumptions.connections(client.producer());
        this.failedLogins = ClientAssumptions.failedLogins(client.producer());
        this.available = ClientAssumptions.availableBytes(client.producer());
        this.batch = Double.parseDouble(
                String.valueOf(config.producerKeys().getOrDefault(ProducerConfig.BATCH_SIZE_CONFIG, defaultBatch())));
        this.disconnected = new Lasting(config.healthGrace());
        this.full = new Lasting(config.healthGrace());
    }

    private static Object defaultBatch() {
        return Objects.requireNonNull(ProducerConfig.configDef().defaultValues().get(ProducerConfig.BATCH_SIZE_CONFIG));
    }

    boolean isOf(ManagedProducer other) {
        return client == other;
    }

    /**
     * Returns why the producer cannot be expected to store records.
     *
     * @param notLoggedIn why the client could not log in, if that was noticed
     * @param now the time ({@link System#nanoTime()})
     */
    List<Health.Reason> reasons(@Nullable AuthenticationException notLoggedIn, long now) {
        List<Health.Reason> reasons = new ArrayList<>();
        boolean isConnected = number(connections) > 0;
        boolean isRefused = !isConnected && (notLoggedIn != null || number(failedLogins) > failedBefore);
        if (isConnected) {
            failedBefore = number(failedLogins);
        }
        boolean isAlone = disconnected.look(!isConnected, now);
        if (isRefused) {
            reasons.add(new Health.Reason(
                    Cause.NOT_AUTHENTICATED,
                    notLoggedIn == null
                            ? "the brokers of " + config.bootstrap() + " refuse the log-in"
                            : ConnectionDiagnosis.whyNotLetIn(config, notLoggedIn)));
        } else if (isAlone) {
            reasons.add(new Health.Reason(
                    Cause.NOT_CONNECTED, "no broker is connected, of the cluster of " + config.bootstrap()));
        }
        if (full.look(number(available) < batch, now)) {
            reasons.add(new Health.Reason(
                    Cause.BUFFER_FULL,
                    "the buffer has had no room for a batch for "
                            + config.healthGrace().toMillis() + " ms: more is published than the cluster takes"));
        }
        if (config.management() != TopicManagement.OFF) { // brokers may create what is asked for
            config.topics().forEach(topic -> addDifference(topic, reasons));
        }
        return reasons;
    }

    private void addDifference(TopicConfig topic, List<Health.Reason> reasons) {
        int found;
        try {
            found = client.counts().of(topic.name());
        } catch (AuthenticationException e) {
            return; // known
        } catch (KafkaException | IllegalStateException e) {
            reasons.add(new Health.Reason(
                    Cause.TOPIC_DIFFERS,
                    "the topic " + config.shownName(topic) + " is not found: "
                            + config.secrets().hide(String.valueOf(e.getMessage()))));
            return;
        }
        Integer declared = topic.partitions();
        if (found > 0 && declared != null && found < declared) {
            reasons.add(new Health.Reason(
                    Cause.TOPIC_DIFFERS,
                    "the topic " + config.shownName(topic) + " has " + found + " partitions, and " + declared
                            + " are declared"));
        }
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }
}
