// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.Health;
import io.kurier.Health.Cause;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.time.Lasting;
import io.kurier.core.transport.TopicManagement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
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
    private final Metric acceptedLogins;
    private final Metric failedLogins;
    private final Metric available;
    private final double batch;
    private final Lasting connected;
    private final Lasting disconnected;
    private final Lasting full;

    // As of the last look.
    private double accepted;
    private double failed;
    private boolean isRefused;

    /** The refusal that the last log-in has made obsolete. */
    private @Nullable AuthenticationException past;

    ProducerHealth(PublisherConfig config, ManagedProducer client) {
        this.config = config;
        this.client = client;
        this.connections = ClientAssumptions.connections(client.producer());
        this.acceptedLogins = ClientAssumptions.acceptedLogins(client.producer());
        this.failedLogins = ClientAssumptions.failedLogins(client.producer());
        this.available = ClientAssumptions.availableBytes(client.producer());
        Object byDefault = ProducerConfig.configDef().defaultValues().get(ProducerConfig.BATCH_SIZE_CONFIG);
        this.batch = Double.parseDouble(
                String.valueOf(config.producerKeys().getOrDefault(ProducerConfig.BATCH_SIZE_CONFIG, byDefault)));
        this.connected = new Lasting(config.healthGrace());
        this.disconnected = new Lasting(config.healthGrace());
        this.full = new Lasting(config.healthGrace());
    }

    boolean isOf(ManagedProducer other) {
        return client == other;
    }

    /**
     * Returns why the producer cannot be expected to store records.
     *
     * @param partitions returns the number of partitions of a topic, or throws why there is none
     * @param notLoggedIn returns why the client could not log in, if that was noticed
     * @param now the time ({@link System#nanoTime()})
     */
    List<Health.Reason> reasons(
            ToIntFunction<String> partitions, Supplier<@Nullable AuthenticationException> notLoggedIn, long now) {
        List<Health.Reason> differences = new ArrayList<>();
        if (config.management() != TopicManagement.OFF) { // brokers may create what is asked for
            config.topics().forEach(topic -> addDifference(topic, partitions, differences));
        }
        List<Health.Reason> reasons = new ArrayList<>();
        boolean isConnected = number(connections) > 0;
        AuthenticationException refusal = notLoggedIn.get();
        lookAtLogins(isConnected, refusal, now);
        boolean isAlone = disconnected.look(!isConnected, now);
        if (isRefused || (refusal != null && refusal != past && !isConnected)) {
            reasons.add(new Health.Reason(
                    Cause.NOT_AUTHENTICATED,
                    refusal == null
                            ? "the brokers of " + config.bootstrap() + " refuse the log-in"
                            : ConnectionDiagnosis.whyNotLetIn(config, refusal)));
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
        reasons.addAll(differences);
        return reasons;
    }

    /**
     * A connection counts before its log-in, so it alone does not prove one: a log-in does, or a connection that lasts
     * while none is refused.
     */
    private void lookAtLogins(boolean isConnected, @Nullable AuthenticationException refusal, long now) {
        double nowAccepted = number(acceptedLogins);
        double nowFailed = number(failedLogins);
        boolean isSteady = connected.look(isConnected && nowFailed == failed, now);
        if (nowFailed > failed) {
            isRefused = nowAccepted == accepted || !isConnected;
        } else if (nowAccepted > accepted || isSteady) {
            isRefused = false;
            past = refusal;
        }
        accepted = nowAccepted;
        failed = nowFailed;
    }

    private void addDifference(TopicConfig topic, ToIntFunction<String> partitions, List<Health.Reason> reasons) {
        int found;
        try {
            found = partitions.applyAsInt(topic.name());
        } catch (AuthenticationException | IllegalStateException e) {
            return; // it is known, or the producer is being closed
        } catch (KafkaException e) {
            differs(topic, "cannot be used: " + config.secrets().hide(ThrowableText.reason(e)), reasons);
            return;
        }
        Integer declared = topic.partitions();
        if (client.counts().isAbsent(topic.name())) {
            differs(topic, "does not exist, or the principal may not see it", reasons);
        } else if (found > 0 && declared != null && found < declared) {
            differs(topic, "has " + found + " partitions, and " + declared + " are declared", reasons);
        }
    }

    private void differs(TopicConfig topic, String how, List<Health.Reason> reasons) {
        reasons.add(new Health.Reason(Cause.TOPIC_DIFFERS, "the topic " + config.shownName(topic) + " " + how));
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }
}
