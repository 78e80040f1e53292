// SPDX-License-Identifier: Apache-2.0
package com.example.observability;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.micrometer.MicrometerInstrumentation;
import io.kurier.opentelemetry.OpenTelemetryInstrumentation;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Takes orders, and publishes each within the span of its request. */
public final class Shop {
    static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final Publisher publisher;
    private final OpenTelemetry openTelemetry;

    public Shop(Publisher publisher, OpenTelemetry openTelemetry) {
        this.publisher = publisher;
        this.openTelemetry = openTelemetry;
    }

    // region start
    /** Returns a publisher that is ready to be started, with the application's registry and its OpenTelemetry. */
    static KurierBuilder publisher(Map<String, String> config, MeterRegistry registry, OpenTelemetry openTelemetry) {
        return Kurier.builder()
                .set(config)
                .topics(ORDERS)
                .instrumentation(new MicrometerInstrumentation(registry))
                .instrumentation(new OpenTelemetryInstrumentation(openTelemetry).withoutMetrics());
    }
    // endregion

    /** Takes an order. A web framework that is traced makes such a span itself. */
    public CompletableFuture<Receipt> order(String customer, String product) {
        Span request =
                openTelemetry.getTracer("shop").spanBuilder("POST /orders").startSpan();
        try (Scope scope = request.makeCurrent()) {
            return publisher.publish(ORDERS, customer, product);
        } finally {
            request.end();
        }
    }
}
