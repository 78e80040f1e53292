// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.instrumentation;

import io.kurier.micrometer.MicrometerInstrumentation;
import io.kurier.opentelemetry.OpenTelemetryInstrumentation;
import io.kurier.spi.Instrumentation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The registries and SDKs of a run, each with one publisher. */
final class Telemetry implements AutoCloseable {
    /** The processor logs each batch of spans that its queue has no room for, which a flood of them does all the time. */
    private static final Logger PROCESSOR = Logger.getLogger(BatchSpanProcessor.class.getName());

    private final List<OpenTelemetrySdk> sdks = new ArrayList<>();

    Telemetry() {
        PROCESSOR.setLevel(Level.SEVERE);
    }

    /** Takes spans from the processor, and nothing else. */
    private static final class Discarding implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    /** Returns meters in a registry in memory. */
    static Instrumentation micrometer() {
        return new MicrometerInstrumentation(new SimpleMeterRegistry());
    }

    /** Returns spans, without OpenTelemetry's metrics. */
    Instrumentation spans(Sampler sampler) {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(new Discarding()).build())
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        sdks.add(sdk);
        return new OpenTelemetryInstrumentation(sdk).withoutMetrics();
    }

    @Override
    public void close() {
        sdks.forEach(OpenTelemetrySdk::close);
    }
}
