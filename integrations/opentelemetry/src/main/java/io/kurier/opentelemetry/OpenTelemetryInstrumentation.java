// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.kurier.spi.Instrumentation;
import io.kurier.spi.PublishListener;
import io.kurier.spi.PublishTracer;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of messages and transactions, and the metrics {@code messaging.client.operation.duration} and {@code
 * messaging.client.sent.messages}.
 *
 * <p>One object serves any number of publishers. The {@code OpenTelemetry} is not closed; close it after the publishers, so
 * that the last spans are exported. Safe for use by any number of threads.
 */
public final class OpenTelemetryInstrumentation implements Instrumentation {
    static final String SCOPE = "io.kurier";

    private final OpenTelemetry openTelemetry;
    private final boolean hasMetrics;

    /**
     * Makes an instrumentation with spans and metrics.
     *
     * @param openTelemetry makes them; its propagators write the headers
     */
    public OpenTelemetryInstrumentation(OpenTelemetry openTelemetry) {
        this(openTelemetry, true);
    }

    private OpenTelemetryInstrumentation(OpenTelemetry openTelemetry, boolean hasMetrics) {
        this.openTelemetry = Objects.requireNonNull(openTelemetry, "openTelemetry");
        this.hasMetrics = hasMetrics;
    }

    /** Returns an instrumentation with spans and no metrics, for an application whose metrics are those of Micrometer. */
    public OpenTelemetryInstrumentation withoutMetrics() {
        return new OpenTelemetryInstrumentation(openTelemetry, false);
    }

    @Override
    public @Nullable PublishListener listener(String clientId) {
        if (!hasMetrics) {
            return null;
        }
        OperationMetrics metrics = new OperationMetrics(openTelemetry
                .getMeterProvider()
                .meterBuilder(SCOPE)
                .setSchemaUrl(Conventions.SCHEMA)
                .build());
        return metrics.areEnabled() ? metrics : null;
    }

    @Override
    public PublishTracer tracer(String clientId) {
        return new MessageTracer(
                openTelemetry
                        .getTracerProvider()
                        .tracerBuilder(SCOPE)
                        .setSchemaUrl(Conventions.SCHEMA)
                        .build(),
                openTelemetry.getPropagators().getTextMapPropagator(),
                clientId);
    }
}
