// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.kurier.Outcome;
import io.kurier.Receipt;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The metrics of the semantic conventions that a publisher can count. The attributes of each series are made once. */
final class OperationMetrics implements PublishListener {
    static final String DURATION = "messaging.client.operation.duration";
    static final String SENT = "messaging.client.sent.messages";

    /** The series of failures that are kept apart; the classes of exceptions beyond are one, {@code _OTHER}. */
    static final int MOST_FAILURES = 1_000;

    private static final double NANOS_A_SECOND = 1e9;
    private static final List<Double> BOUNDARIES =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private final DoubleHistogram duration;
    private final LongCounter sent;
    private final Map<String, Series> stored = new ConcurrentHashMap<>();
    private final Map<Failure, Series> failed = new ConcurrentHashMap<>();

    /** The topic is null for all topics that are not declared. */
    private record Failure(@Nullable String topic, String errorType) {}

    private record Series(Attributes ofDuration, Attributes ofSent) {}

    OperationMetrics(Meter meter) {
        duration = meter.histogramBuilder(DURATION)
                .setUnit("s")
                .setDescription("From the call of publish to the outcome of the message")
                .setExplicitBucketBoundariesAdvice(BOUNDARIES)
                .build();
        sent = meter.counterBuilder(SENT)
                .setUnit("{message}")
                .setDescription("Messages that were sent, whether or not they are stored")
                .build();
    }

    /** Whether anything reads them; if not, no message needs to be counted. */
    boolean areEnabled() {
        try {
            return duration.isEnabled() || sent.isEnabled();
        } catch (NoSuchMethodError e) { // an older API than the one it is compiled on, such as that of Spring Boot 4.0
            return true;
        }
    }

    @Override
    public void stored(String alias, Receipt receipt, long nanos) {
        Series series = stored.get(receipt.topic());
        if (series == null) {
            series = stored.computeIfAbsent(receipt.topic(), topic -> series(topic, null));
        }
        duration.record(nanos / NANOS_A_SECOND, series.ofDuration());
        sent.add(1, series.ofSent());
    }

    @Override
    public void failed(FailedMessage message) {
        Series series = series(new Failure(message.physicalTopic(), Conventions.errorType(message.failure())));
        duration.record(message.nanos() / NANOS_A_SECOND, series.ofDuration());
        if (message.failure().outcome() != Outcome.REJECTED) { // the conventions count what was sent
            sent.add(1, series.ofSent());
        }
    }

    private Series series(Failure failure) {
        Series known = failed.get(failure);
        if (known != null) {
            return known;
        }
        Failure kept = failed.size() < MOST_FAILURES ? failure : new Failure(failure.topic(), Conventions.OTHER);
        return failed.computeIfAbsent(kept, added -> series(added.topic(), added.errorType()));
    }

    private static Series series(@Nullable String topic, @Nullable String errorType) {
        AttributesBuilder attributes = Attributes.builder()
                .put(Conventions.SYSTEM, Conventions.KAFKA)
                .put(Conventions.OPERATION_NAME, Conventions.SEND);
        if (topic != null) {
            attributes.put(Conventions.DESTINATION, topic);
        }
        if (errorType != null) {
            attributes.put(Conventions.ERROR_TYPE, errorType);
        }
        Attributes ofSent = attributes.build();
        Attributes ofDuration = ofSent.toBuilder()
                .put(Conventions.OPERATION_TYPE, Conventions.SEND)
                .build();
        return new Series(ofDuration, ofSent);
    }
}
