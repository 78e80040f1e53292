// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * What a library of metrics or traces adds to a publisher. An application adds it to the builder or in a Guice module;
 * {@code kurier-micrometer} and {@code kurier-opentelemetry} have one each. A part that is null costs nothing; with a
 * listener or a tracer every message goes through the queue of its topic.
 *
 * <p>The methods are called at the start of each publisher, and an exception of one stops that start.
 */
public interface Instrumentation {

    /**
     * Returns a listener for the messages of one publisher, or null.
     *
     * @param clientId the publisher's {@code client.id}, or {@code kurier-1} and so on for one without
     */
    default @Nullable PublishListener listener(String clientId) {
        return null;
    }

    /**
     * Returns what makes the spans of one publisher, or null. Of the instrumentations of a publisher only one may return
     * a tracer.
     *
     * @param clientId the publisher's {@code client.id}, or {@code kurier-1} and so on for one without
     */
    default @Nullable PublishTracer tracer(String clientId) {
        return null;
    }

    /**
     * Returns a new reporter, or null. It is called for the publisher's own metrics and for each producer of Kafka's that
     * the publisher makes, also later, on any thread. Each reporter is closed with the metrics that it reports. Two
     * producers with the same {@code client-id} may exist for a moment, when one replaces the other.
     *
     * <p>The reporters are added to those of {@code producer.metric.reporters}.
     */
    default @Nullable MetricsReporter metricsReporter() {
        return null;
    }
}
