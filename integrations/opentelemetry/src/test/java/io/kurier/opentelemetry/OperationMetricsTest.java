// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.spi.FailedMessage;
import io.kurier.testkit.FakeKafka;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The metrics of the conventions, and that the documentation names what there is. */
@Timeout(60)
class OperationMetricsTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Attributes STORED = Attributes.builder()
            .put("messaging.system", "kafka")
            .put("messaging.operation.name", "send")
            .put("messaging.destination.name", "orders")
            .build();
    private static final String TOO_LARGE = RecordTooLargeException.class.getName();

    private final FakeKafka kafka = new FakeKafka();
    private final Telemetry telemetry = new Telemetry(Sampler.alwaysOff());

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void countsWhatWasSentAndTimesEveryMessage() {
        run(telemetry.instrumentation());
        await().untilAsserted(() -> {
            List<LongPointData> sent = new ArrayList<>(
                    metric(OperationMetrics.SENT).getLongSumData().getPoints());
            assertThat(sent)
                    .extracting(LongPointData::getAttributes)
                    .containsExactlyInAnyOrder(
                            STORED,
                            STORED.toBuilder().put("error.type", TOO_LARGE).build());
            assertThat(sent).extracting(LongPointData::getValue).containsExactlyInAnyOrder(2L, 1L);
            MetricData duration = metric(OperationMetrics.DURATION);
            assertThat(duration.getUnit()).isEqualTo("s");
            assertThat(duration.getHistogramData().getPoints())
                    .extracting(HistogramPointData::getCount)
                    .containsExactlyInAnyOrder(2L, 1L, 1L);
        });
    }

    @Test
    void hasNoMetricsIfTheyAreNotWanted() {
        run(telemetry.instrumentation().withoutMetrics());
        assertThat(telemetry.metrics()).isEmpty();
    }

    @Test
    void keepsOnlySoManyTypesOfErrorsApart() {
        OperationMetrics metrics = new OperationMetrics(telemetry.sdk().getMeter("test"));
        for (int i = 0; i < OperationMetrics.MOST_FAILURES + 10; i++) {
            PublishException failure =
                    new PublishException("orders", Stage.SEND, Outcome.UNKNOWN, false, "of a test", null);
            metrics.failed(new FailedMessage("orders", "t" + i % 2 + i, null, List.of(), failure, 1, null));
        }
        List<String> types = metric(OperationMetrics.SENT).getLongSumData().getPoints().stream()
                .map(point -> String.valueOf(point.getAttributes().get(Conventions.ERROR_TYPE)))
                .toList();
        assertThat(types).contains("_OTHER", "UNKNOWN");
        assertThat(types.stream().filter("UNKNOWN"::equals)).hasSize(OperationMetrics.MOST_FAILURES);
    }

    @Test
    void theDocumentationNamesEveryMetricAndAttribute() throws Exception {
        run(telemetry.instrumentation());
        String page = Files.readString(Path.of("../../docs/metrics.md"));
        String tracing = Files.readString(Path.of("../../docs/tracing.md"));
        for (MetricData metric : telemetry.metrics()) {
            assertThat(page).contains("`" + metric.getName() + "`");
            for (AttributeKey<?> key : metric.getData().getPoints().stream()
                    .flatMap(point -> point.getAttributes().asMap().keySet().stream())
                    .distinct()
                    .toList()) {
                assertThat(page).contains("`" + key.getKey() + "`");
            }
        }
        assertThat(Pattern.compile("`(messaging\\.client\\.[a-z]+\\.[a-z]+)`")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1))
                        .distinct())
                .containsExactlyInAnyOrder(OperationMetrics.DURATION, OperationMetrics.SENT);
        for (AttributeKey<?> key : List.of(
                Conventions.SYSTEM,
                Conventions.OPERATION_NAME,
                Conventions.OPERATION_TYPE,
                Conventions.DESTINATION,
                Conventions.PARTITION,
                Conventions.CLIENT_ID,
                Conventions.BODY_SIZE,
                Conventions.OFFSET,
                Conventions.ERROR_TYPE,
                Conventions.OUTCOME,
                Conventions.STAGE,
                Conventions.RECORDS)) {
            assertThat(tracing).contains("`" + key.getKey() + "`");
        }
        assertThat(tracing).contains(Conventions.SCHEMA.replaceAll(".*/", ""));
    }

    private void run(OpenTelemetryInstrumentation instrumentation) {
        kafka.topic("orders").store(2).refuse(1, new RecordTooLargeException("large"));
        try (Publisher publisher = Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", "fake:9092",
                        "producer.metric.reporters", "",
                        "topics.orders.key.serializer", "text",
                        "topics.orders.value.serializer", "text"))
                .topics(ORDERS)
                .transport(kafka)
                .instrumentation(instrumentation)
                .start()) {
            publisher.publish(ORDERS, null, "a").join();
            publisher.publish(ORDERS, null, "b").join();
            fails(publisher.publish(ORDERS, null, "c"));
            fails(publisher.publish(ORDERS, null, "poison \ud800"));
        }
    }

    private MetricData metric(String name) {
        return telemetry.metrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    private static void fails(CompletableFuture<Receipt> future) {
        assertThat(future.handle((receipt, failure) -> failure).join()).isInstanceOf(PublishException.class);
    }
}
