// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** An OpenTelemetry SDK that keeps what it gets. */
final class Telemetry implements AutoCloseable {
    static final String TRACEPARENT = "traceparent";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk;

    Telemetry(Sampler sampler) {
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(metrics).build())
                .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
                .build();
    }

    OpenTelemetrySdk sdk() {
        return sdk;
    }

    OpenTelemetryInstrumentation instrumentation() {
        return new OpenTelemetryInstrumentation(sdk);
    }

    /** Returns the tracer of the application under test. */
    Tracer application() {
        return sdk.getTracer("application");
    }

    /** Waits for a number of spans that have ended, and returns them. */
    List<SpanData> spans(int number) {
        return await().until(spans::getFinishedSpanItems, ended -> ended.size() >= number);
    }

    /** Waits for a span of a name, and returns it. */
    SpanData span(String name) {
        return await().until(
                        () -> spans.getFinishedSpanItems().stream()
                                .filter(span -> span.getName().equals(name))
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    /** Returns the spans that have ended. */
    List<SpanData> ended() {
        return spans.getFinishedSpanItems();
    }

    Collection<MetricData> metrics() {
        return metrics.collectAllMetrics();
    }

    /** Returns the text of a record's only header of a name. */
    static String header(ConsumerRecord<?, ?> record, String name) {
        List<String> found = new ArrayList<>();
        for (Header header : record.headers().headers(name)) {
            found.add(new String(header.value(), StandardCharsets.UTF_8));
        }
        if (found.size() != 1) {
            throw new AssertionError("headers " + name + ": " + found);
        }
        return found.get(0);
    }

    /** Returns the header {@code traceparent} of a span. */
    static String traceparent(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    @Override
    public void close() {
        sdk.close();
    }
}
