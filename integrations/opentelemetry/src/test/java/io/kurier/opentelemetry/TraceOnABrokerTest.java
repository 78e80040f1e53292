// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trace as a consumer on a real broker finds it. */
@WithKafka
@Timeout(120)
class TraceOnABrokerTest {
    private final LocalBroker broker;
    private final TestTopics topics;

    TraceOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void aConsumerContinuesTheTraceOfTheCaller() {
        String name = topics.create("orders", 1);
        Topic<String, String> orders = Topic.of("orders", String.class, String.class);
        try (Telemetry telemetry = new Telemetry(Sampler.alwaysOn())) {
            Span caller = telemetry.application().spanBuilder("request").startSpan();
            try (Publisher publisher = Kurier.builder()
                    .set(Map.of(
                            "bootstrap.servers", broker.bootstrapServers(),
                            "application.id", "billing",
                            "client.id", "shop",
                            "topics.orders.name", name,
                            "topics.orders.key.serializer", "text",
                            "topics.orders.value.serializer", "text"))
                    .topics(orders)
                    .instrumentation(telemetry.instrumentation())
                    .start()) {
                try (Scope scope = caller.makeCurrent()) {
                    publisher.publish(orders, "k", "v").join();
                    publisher
                            .transaction(transaction -> {
                                transaction.publish(orders, "k", "w");
                                return null;
                            })
                            .join();
                }
            }
            List<SpanData> sent = telemetry.spans(3).stream()
                    .filter(span -> span.getName().equals("send " + name))
                    .toList();
            SpanData transaction = telemetry.span("transaction billing-publisher");
            List<ConsumerRecord<byte[], byte[]>> records = topics.readAll(name);
            assertThat(records).hasSize(2);
            TextMapPropagator propagator = telemetry.sdk().getPropagators().getTextMapPropagator();
            for (int i = 0; i < records.size(); i++) {
                ConsumerRecord<byte[], byte[]> record = records.get(i);
                SpanData span = sent.get(i);
                Span found = Span.fromContext(propagator.extract(
                        Context.root(), List.of(record.headers().toArray()), HeaderGetter.INSTANCE));
                assertThat(found.getSpanContext().getSpanId()).isEqualTo(span.getSpanId());
                assertThat(found.getSpanContext().getTraceId())
                        .isEqualTo(caller.getSpanContext().getTraceId());
                assertThat(span.getAttributes().get(Conventions.OFFSET)).isEqualTo(record.offset());
            }
            assertThat(sent)
                    .extracting(SpanData::getParentSpanId)
                    .containsExactly(caller.getSpanContext().getSpanId(), transaction.getSpanId());
        }
    }
}
