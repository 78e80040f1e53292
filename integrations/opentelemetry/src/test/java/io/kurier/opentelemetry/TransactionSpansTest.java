// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.testkit.FakeKafka;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The spans of transactions on a fake Kafka. */
@Timeout(60)
class TransactionSpansTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final String CANARY = "canary-4711";

    private final FakeKafka kafka = new FakeKafka();
    private final Telemetry telemetry = new Telemetry(Sampler.alwaysOn());

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void messagesAreChildrenOfTheTransactionAndThatOfTheCaller() {
        Span caller = telemetry.application().spanBuilder("request").startSpan();
        AtomicReference<String> tenant = new AtomicReference<>();
        try (Publisher publisher = start();
                Scope scope = caller.makeCurrent();
                Scope baggage = Baggage.builder().put("tenant", "t1").build().makeCurrent()) {
            publisher
                    .transaction(transaction -> {
                        tenant.set(Baggage.current().getEntryValue("tenant"));
                        transaction.publish(ORDERS, "a", "1");
                        transaction.publish(ORDERS, "b", "2");
                        return null;
                    })
                    .join();
            List<SpanData> spans = telemetry.spans(3);
            SpanData transaction = telemetry.span("transaction billing-publisher");
            assertThat(transaction.getKind()).isEqualTo(SpanKind.INTERNAL);
            assertThat(transaction.getParentSpanId())
                    .isEqualTo(caller.getSpanContext().getSpanId());
            assertThat(transaction.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(spans.stream().filter(span -> span.getName().equals("send orders")))
                    .hasSize(2)
                    .allSatisfy(span -> {
                        assertThat(span.getParentSpanId()).isEqualTo(transaction.getSpanId());
                        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
                    });
            assertThat(kafka.records("orders"))
                    .extracting(record -> Telemetry.header(record, Telemetry.TRACEPARENT))
                    .containsExactlyInAnyOrderElementsOf(spans.stream()
                            .filter(span -> span.getName().equals("send orders"))
                            .map(span -> Telemetry.traceparent(span.getSpanContext()))
                            .toList());
        }
        assertThat(tenant).hasValue("t1");
        assertThat(telemetry.ended()).hasSize(3);
    }

    @Test
    void aTransactionThatIsAbortedHasItsOutcome() {
        try (Publisher publisher = start()) {
            assertThatThrownBy(publisher.transaction(transaction -> {
                        transaction.publish(ORDERS, CANARY, CANARY);
                        throw new IllegalStateException(CANARY);
                    })::join)
                    .isInstanceOf(CompletionException.class);
            SpanData transaction = telemetry.span("transaction billing-publisher");
            assertThat(transaction.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(transaction.getAttributes().get(Conventions.OUTCOME)).isEqualTo("NOT_STORED");
            assertThat(transaction.getAttributes().get(Conventions.ERROR_TYPE))
                    .isEqualTo(IllegalStateException.class.getName());
            SpanData message = telemetry.span("send orders");
            assertThat(message.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(message.getAttributes().get(Conventions.OUTCOME)).isEqualTo("NOT_STORED");
            assertThat(telemetry.spans(2))
                    .hasSize(2)
                    .noneMatch(span -> span.toString().contains(CANARY));
        }
    }

    @Test
    void theCallersSpanIsNotCurrentInTheThreadOfTheCallbackAfterwards() {
        try (Publisher publisher = start()) {
            publisher.transaction(transaction -> null).join();
            AtomicReference<Span> seen = new AtomicReference<>();
            try (Scope scope =
                    telemetry.application().spanBuilder("request").startSpan().makeCurrent()) {
                publisher
                        .transaction(transaction -> {
                            seen.set(Span.current());
                            return null;
                        })
                        .join();
            }
            List<SpanData> transactions = telemetry.spans(2);
            assertThat(Objects.requireNonNull(seen.get()).getSpanContext().getSpanId())
                    .isEqualTo(transactions.get(1).getSpanId())
                    .isNotEqualTo(transactions.get(0).getSpanId());
            assertThat(transactions.get(0).getParentSpanContext().isValid()).isFalse();
        }
    }

    private Publisher start() {
        return Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", "fake:9092",
                        "application.id", "billing",
                        "client.id", "shop",
                        "transactions.producers", "1",
                        "producer.metric.reporters", "",
                        "topics.orders.key.serializer", "text",
                        "topics.orders.value.serializer", "text"))
                .topics(ORDERS)
                .transport(kafka)
                .instrumentation(telemetry.instrumentation())
                .start();
    }
}
