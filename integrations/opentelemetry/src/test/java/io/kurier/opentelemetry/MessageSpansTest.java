// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.serializers.media.Blob;
import io.kurier.testkit.FakeKafka;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The spans of messages on a fake Kafka. */
@Timeout(60)
class MessageSpansTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Topic<String, Blob> FILMS = Topic.of("films", String.class, Blob.class);
    private static final String CANARY = "canary-4711";
    private static final String FOREIGN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final FakeKafka kafka = new FakeKafka();
    private final Telemetry telemetry = new Telemetry(Sampler.alwaysOn());

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void aMessageIsAChildOfTheCallersSpanAndItsRecordHasTheContext() {
        Span caller = telemetry.application().spanBuilder("request").startSpan();
        try (Publisher publisher = start(telemetry.sdk())) {
            Receipt receipt;
            try (Scope scope = caller.makeCurrent()) {
                receipt = publisher.publish(ORDERS, "k", "value").join();
            }
            SpanData span = telemetry.span("send orders.v1");
            assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
            assertThat(span.getTraceId()).isEqualTo(caller.getSpanContext().getTraceId());
            assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(span.getLinks()).isEmpty();
            assertThat(span.getInstrumentationScopeInfo().getSchemaUrl()).isEqualTo(Conventions.SCHEMA);
            assertThat(span.getAttributes().asMap())
                    .isEqualTo(Attributes.builder()
                            .put("messaging.system", "kafka")
                            .put("messaging.operation.name", "send")
                            .put("messaging.operation.type", "send")
                            .put("messaging.destination.name", "orders.v1")
                            .put("messaging.destination.partition.id", String.valueOf(receipt.partition()))
                            .put("messaging.kafka.offset", receipt.offset())
                            .put("messaging.client.id", "shop")
                            .put("messaging.message.body.size", 5)
                            .build()
                            .asMap());
            assertThat(traceparent(0)).isEqualTo(Telemetry.traceparent(span.getSpanContext()));
        }
    }

    @Test
    void theTraceStartsWithTheMessageWhereTheCallerHasNone() {
        try (Publisher publisher = start(telemetry.sdk())) {
            publisher.publish(ORDERS, null, "v").join();
            SpanData span = telemetry.span("send orders.v1");
            assertThat(span.getParentSpanContext().isValid()).isFalse();
            assertThat(traceparent(0)).isEqualTo(Telemetry.traceparent(span.getSpanContext()));
        }
    }

    @Test
    void theSpanEndsWithTheAcknowledgmentAndLastsAsLongAsTheMessage() {
        try (Publisher publisher = start(telemetry.sdk())) {
            kafka.topic("orders.v1").holdAcks();
            CompletableFuture<Receipt> open = publisher.publish(ORDERS, null, "v");
            assertThat(telemetry.ended()).isEmpty();
            kafka.topic("orders.v1").releaseAcks();
            open.join();
            SpanData span = telemetry.span("send orders.v1");
            assertThat(span.getEndEpochNanos()).isGreaterThan(span.getStartEpochNanos());
        }
    }

    @Test
    void aFailureHasItsTypeOutcomeAndStage() {
        kafka.topic("orders.v1").refuse(1, new RecordTooLargeException(CANARY)).dropAcks(1);
        try (Publisher publisher = start(telemetry.sdk())) {
            fails(publisher.publish(ORDERS, null, "v"));
            assertFailed(telemetry.spans(1).get(0), RecordTooLargeException.class.getName(), "NOT_STORED", "SEND");
            fails(publisher.publish(ORDERS, null, "v"));
            assertFailed(telemetry.spans(2).get(1), TimeoutException.class.getName(), "UNKNOWN", "SEND");
            fails(publisher.publish(ORDERS, null, "poison \ud800"));
            SpanData refused = telemetry.spans(3).get(2);
            assertThat(refused.getAttributes().get(Conventions.OUTCOME)).isEqualTo("REJECTED");
            assertThat(refused.getAttributes().get(Conventions.STAGE)).isEqualTo("ENCODE");
        }
        assertThat(telemetry.ended()).hasSize(3);
    }

    private static void assertFailed(SpanData span, String type, String outcome, String stage) {
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEmpty();
        assertThat(span.getEvents()).isEmpty();
        assertThat(span.getAttributes().get(Conventions.ERROR_TYPE)).isEqualTo(type);
        assertThat(span.getAttributes().get(Conventions.OUTCOME)).isEqualTo(outcome);
        assertThat(span.getAttributes().get(Conventions.STAGE)).isEqualTo(stage);
    }

    @Test
    void aMessageThatHasAContextKeepsItAndTheSpanLinksToIt() {
        try (Publisher publisher = start(telemetry.sdk())) {
            Message<String, String> forwarded = Message.of(ORDERS, "k", "v")
                    .withHeader("traceparent", FOREIGN)
                    .withHeader("tracestate", "a=b");
            publisher.publish(forwarded).join();
            SpanData span = telemetry.span("send orders.v1");
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(span.getLinks())
                    .singleElement()
                    .extracting(LinkData::getSpanContext)
                    .extracting(SpanContext::getSpanId)
                    .isEqualTo("b7ad6b7169203331");
            assertThat(traceparent(0)).isEqualTo(FOREIGN);
            assertThat(Telemetry.header(records("orders.v1").get(0), "tracestate"))
                    .isEqualTo("a=b");
        }
    }

    @Test
    void aHeaderThatIsNoContextIsReplaced() {
        try (Publisher publisher = start(telemetry.sdk())) {
            publisher
                    .publish(Message.of(ORDERS, "k", "v")
                            .withHeader("tenant", "t1")
                            .withHeader("traceparent", "none"))
                    .join();
            SpanData span = telemetry.span("send orders.v1");
            assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
            assertThat(traceparent(0)).isEqualTo(Telemetry.traceparent(span.getSpanContext()));
            assertThat(Telemetry.header(records("orders.v1").get(0), "tenant")).isEqualTo("t1");
        }
    }

    @Test
    void theBaggageOfTheCallerGoesWithTheMessage() {
        try (Publisher publisher = start(telemetry.sdk());
                Scope scope = Baggage.builder().put("tenant", "t1").build().makeCurrent()) {
            publisher.publish(ORDERS, null, "v").join();
        }
        assertThat(Telemetry.header(records("orders.v1").get(0), "baggage")).isEqualTo("tenant=t1");
        assertThat(traceparent(0))
                .isEqualTo(
                        Telemetry.traceparent(telemetry.span("send orders.v1").getSpanContext()));
    }

    @Test
    void everyChunkOfABlobHasTheContextOfItsOneSpan() {
        try (Publisher publisher = start(telemetry.sdk())) {
            Receipt receipt =
                    publisher.publish(FILMS, "k", Blob.of(new byte[40_000])).join();
            SpanData span = telemetry.span("send films");
            assertThat(receipt.records()).isGreaterThan(3);
            assertThat(span.getAttributes().get(Conventions.RECORDS)).isEqualTo(receipt.records());
            assertThat(records("films"))
                    .hasSize(receipt.records())
                    .allSatisfy(record -> assertThat(Telemetry.header(record, Telemetry.TRACEPARENT))
                            .isEqualTo(Telemetry.traceparent(span.getSpanContext())));
        }
        assertThat(telemetry.ended()).hasSize(1);
    }

    @Test
    void everyMessageOfPublishAllAndOfTryPublishHasASpan() {
        try (Publisher publisher = start(telemetry.sdk())) {
            publisher
                    .publishAll(
                            ORDERS,
                            List.of(Message.of(ORDERS, "a", "1"), Message.of(ORDERS, "b", "2"))
                                    .iterator())
                    .join();
            publisher.tryPublish(ORDERS, "c", "3").join();
        }
        assertThat(telemetry.spans(3)).hasSize(3);
        assertThat(records("orders.v1").stream().map(record -> Telemetry.header(record, Telemetry.TRACEPARENT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void aSpanThatIsNotSampledOnlyGoesOn() {
        try (Telemetry off = new Telemetry(Sampler.alwaysOff());
                Publisher publisher = start(off.sdk())) {
            publisher.publish(ORDERS, null, "v").join();
            fails(publisher.publish(ORDERS, null, "poison \ud800"));
            SpanContext sent = Span.fromContext(W3CTraceContextPropagator.getInstance()
                            .extract(
                                    Context.root(),
                                    List.of(records("orders.v1")
                                            .get(0)
                                            .headers()
                                            .toArray()),
                                    HeaderGetter.INSTANCE))
                    .getSpanContext();
            assertThat(sent.isValid()).isTrue();
            assertThat(sent.isSampled()).isFalse();
            await().untilAsserted(() -> assertThat(off.metrics()).isNotEmpty());
            assertThat(off.ended()).isEmpty();
        }
    }

    @Test
    void addsNothingToMessagesWithoutAnSdk() {
        try (Publisher publisher = start(OpenTelemetry.noop())) {
            publisher.publish(ORDERS, null, "v").join();
            assertThat(records("orders.v1").get(0).headers()).isEmpty();
        }
        assertThat(new OpenTelemetryInstrumentation(OpenTelemetry.noop()).listener("shop"))
                .isNull();
    }

    @Test
    void showsNothingOfKeysValuesHeadersAndExceptions() {
        kafka.topic("orders.v1").store(1).refuse(1, new RecordTooLargeException(CANARY));
        try (Publisher publisher = start(telemetry.sdk())) {
            Message<String, String> message = Message.of(ORDERS, CANARY, CANARY).withHeader(CANARY, CANARY);
            publisher.publish(message).join();
            fails(publisher.publish(message));
            fails(publisher.publish(Topic.of(CANARY, String.class, String.class), CANARY, CANARY));
            assertThat(telemetry.spans(2)).noneMatch(span -> span.toString().contains(CANARY));
            await().untilAsserted(() -> assertThat(telemetry.metrics().toString())
                    .contains(RecordTooLargeException.class.getName())
                    .contains("REJECTED")
                    .doesNotContain(CANARY));
        }
    }

    private Publisher start(OpenTelemetry openTelemetry) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "bootstrap.servers", "fake:9092",
                "client.id", "shop",
                "producer.metric.reporters", "",
                "topics.orders.name", "orders.v1",
                "topics.orders.key.serializer", "text",
                "topics.orders.value.serializer", "text",
                "topics.films.key.serializer", "text",
                "topics.films.value.serializer", "media",
                "topics.films.value.serializer.chunk.bytes", "10000"));
        return Kurier.builder()
                .set(keys)
                .topics(ORDERS, FILMS)
                .transport(kafka)
                .instrumentation(new OpenTelemetryInstrumentation(openTelemetry))
                .start();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return kafka.records(topic);
    }

    private String traceparent(int record) {
        return Telemetry.header(records("orders.v1").get(record), Telemetry.TRACEPARENT);
    }

    private static void fails(CompletableFuture<Receipt> future) {
        assertThat(future.handle((receipt, failure) -> failure).join()).isInstanceOf(PublishException.class);
    }
}
