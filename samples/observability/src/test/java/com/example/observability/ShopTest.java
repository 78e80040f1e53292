// SPDX-License-Identifier: Apache-2.0
package com.example.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.testkit.FakeKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An order is seen in the registry, in the trace, and by the consumer. */
class ShopTest {
    private final FakeKafka kafka = new FakeKafka();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();

    @Test
    void anOrderIsTimedAndTraced() {
        Map<String, String> config = Map.of(
                "bootstrap.servers", "fake:9092",
                "client.id", "shop",
                "topics.orders.key.serializer", "text",
                "topics.orders.value.serializer", "text");
        try (OpenTelemetrySdk openTelemetry = openTelemetry();
                Publisher publisher = Shop.publisher(config, registry, openTelemetry)
                        .transport(kafka)
                        .start()) {
            new Shop(publisher, openTelemetry).order("C-7", "a book").join();

            await().until(() -> spans.getFinishedSpanItems().size() == 2);
            SpanData request = span("POST /orders");
            SpanData send = span("send orders");
            assertThat(send.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(kafka.records(Shop.ORDERS))
                    .singleElement()
                    .satisfies(record -> assertThat(new String(
                                    record.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
                            .contains(send.getTraceId(), send.getSpanId()));
            assertThat(registry.get("kurier.publish")
                            .tags("client.id", "shop", "topic", "orders", "outcome", "STORED")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private OpenTelemetrySdk openTelemetry() {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }
}
