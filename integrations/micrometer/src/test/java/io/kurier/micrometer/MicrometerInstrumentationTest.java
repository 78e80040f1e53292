// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.testkit.FakeKafka;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The meters of a publisher on a fake Kafka. */
@Timeout(60)
class MicrometerInstrumentationTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final String CANARY = "canary-4711";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeKafka kafka = new FakeKafka();

    @Test
    void timesEachMessageByTopicOutcomeAndStage() {
        kafka.topic("orders.v1")
                .store(2)
                .refuse(1, new RecordTooLargeException("large"))
                .dropAcks(1);
        try (Publisher publisher = start(new MicrometerInstrumentation(registry))) {
            publisher.publish(ORDERS, null, "a").join();
            publisher.publish(ORDERS, null, "b").join();
            fails(publisher.publish(ORDERS, null, "c"));
            fails(publisher.publish(ORDERS, null, "d"));
            fails(publisher.publish(Topic.of(CANARY, String.class, String.class), null, "e"));
        }
        assertThat(timer("orders.v1", "STORED", "none").count()).isEqualTo(2);
        assertThat(timer("orders.v1", "STORED", "none").totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(timer("orders.v1", "NOT_STORED", "SEND").count()).isEqualTo(1);
        assertThat(timer("orders.v1", "UNKNOWN", "SEND").count()).isEqualTo(1);
        assertThat(timer("(undeclared)", "REJECTED", "ROUTE").count()).isEqualTo(1);
    }

    @Test
    void readsWhatThePublisherCounts() {
        try (Publisher publisher = start(new MicrometerInstrumentation(registry))) {
            kafka.topic("orders.v1").holdAcks();
            CompletableFuture<Receipt> open = publisher.publish(ORDERS, null, "four");
            assertThat(gauge("kurier.message.in.flight")).isEqualTo(1);
            kafka.topic("orders.v1").releaseAcks();
            open.join();

            assertThat(gauge("kurier.message.in.flight")).isZero();
            assertThat(counter("kurier.message.total")).isEqualTo(1);
            assertThat(counter("kurier.message.stored.total")).isEqualTo(1);
            assertThat(counter("kurier.stored.byte.total")).isEqualTo(4);
        }
    }

    @Test
    void removesWhatItReadsWhenThePublisherIsClosedAndKeepsItsTimers() {
        try (Publisher publisher = start(new MicrometerInstrumentation(registry))) {
            publisher.publish(ORDERS, null, "a").join();
            assertThat(registry.find("kurier.message.in.flight").gauges()).isNotEmpty();
        }
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsOnly(TopicTimers.NAME);
        assertThat(timer("orders.v1", "STORED", "none").count()).isEqualTo(1);
    }

    @Test
    void givesEveryMeterTheTagsOfTheApplication() {
        try (Publisher publisher = start(new MicrometerInstrumentation(registry, List.of(Tag.of("region", "north"))))) {
            publisher.publish(ORDERS, null, "a").join();
            assertThat(registry.getMeters())
                    .isNotEmpty()
                    .allSatisfy(
                            meter -> assertThat(meter.getId().getTag("region")).isEqualTo("north"));
        }
    }

    @Test
    void showsNothingOfKeysValuesHeadersAndExceptions() {
        kafka.topic("orders.v1").store(1).refuse(1, new RecordTooLargeException(CANARY));
        try (Publisher publisher = start(new MicrometerInstrumentation(registry))) {
            Message<String, String> message = Message.of(ORDERS, CANARY, CANARY).withHeader(CANARY, CANARY);
            publisher.publish(message).join();
            fails(publisher.publish(message));
            fails(publisher.publish(Topic.of(CANARY, String.class, String.class), CANARY, CANARY));

            assertThat(registry.getMeters())
                    .extracting(meter -> meter.getId().toString())
                    .isNotEmpty()
                    .noneMatch(id -> id.contains(CANARY));
        }
    }

    @Test
    void givesNoMoreThanTheMostTopicsMetersOfTheirOwn() {
        List<Topic<String, String>> topics = new ArrayList<>();
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            topics.add(Topic.of("t" + i, String.class, String.class));
            keys.put("topics.t" + i + ".value.serializer", "text");
        }
        keys.put("bootstrap.servers", "fake:9092");
        keys.put("producer.metric.reporters", "");
        try (Publisher publisher = Kurier.builder()
                .set(keys)
                .topics(topics.toArray(Topic[]::new))
                .transport(kafka)
                .instrumentation(new MicrometerInstrumentation(registry, Tags.empty(), 3))
                .start()) {
            topics.forEach(topic -> publisher.publish(topic, null, "v").join());
            topics.forEach(topic -> publisher.publish(topic, null, "v").join());

            Map<String, Long> counts = registry.find(TopicTimers.NAME).timers().stream()
                    .collect(Collectors.toMap(
                            timer -> String.valueOf(timer.getId().getTag("topic")), Timer::count));
            assertThat(counts).isEqualTo(Map.of("t0", 2L, "t1", 2L, "t2", 2L, "(other)", 4L));
            assertThat(registry.find("kurier.message.total").functionCounters()).hasSize(3);
        }
    }

    @Test
    void addsUpTheSharesOfHotKeysAndNamesNone() {
        try (Publisher publisher = Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", "fake:9092",
                        "producer.metric.reporters", "",
                        "topics.orders.key.serializer", "text",
                        "topics.orders.value.serializer", "text",
                        "topics.orders.partitions", "4",
                        "topics.orders.partitioner", "spread",
                        "topics.orders.partitioner.window.records", "1000"))
                .topics(ORDERS)
                .transport(kafka)
                .instrumentation(new MicrometerInstrumentation(registry))
                .start()) {
            for (int i = 0; i < 4_000; i++) {
                CompletableFuture<Receipt> unused = publisher.publish(ORDERS, CANARY + i % 2, "v");
            }
            publisher.flush().join();
            await().untilAsserted(() -> assertThat(
                            registry.find("kurier.hot.key.share").gauges())
                    .singleElement()
                    .satisfies(gauge -> {
                        assertThat(gauge.value()).isBetween(0.9, 1.1);
                        assertThat(gauge.getId().getTags())
                                .extracting(Tag::getKey)
                                .containsExactly("client.id", "topic");
                    }));
        }
    }

    @Test
    void aRegistryThatRefusesMetersStopsNoMessage() {
        SimpleMeterRegistry refusing = new SimpleMeterRegistry();
        refusing.config().onMeterAdded(meter -> {
            throw new IllegalStateException("no room");
        });
        try (Publisher publisher = start(new MicrometerInstrumentation(refusing))) {
            assertThat(publisher.publish(ORDERS, null, "a").join().hasOffset()).isTrue();
        }
    }

    private Publisher start(MicrometerInstrumentation instrumentation) {
        return Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", "fake:9092",
                        "client.id", "shop",
                        "producer.metric.reporters", "",
                        "topics.orders.name", "orders.v1",
                        "topics.orders.key.serializer", "text",
                        "topics.orders.value.serializer", "text"))
                .topics(ORDERS)
                .transport(kafka)
                .instrumentation(instrumentation)
                .start();
    }

    private Timer timer(String topic, String outcome, String stage) {
        return await().until(
                        () -> registry.find(TopicTimers.NAME)
                                .tags("client.id", "shop", "topic", topic, "outcome", outcome, "stage", stage)
                                .timer(),
                        Objects::nonNull);
    }

    private double gauge(String name) {
        return registry.get(name)
                .tags("client.id", "shop", "topic", "orders.v1")
                .gauge()
                .value();
    }

    private double counter(String name) {
        Meter meter = registry.get(name)
                .tags("client.id", "shop", "topic", "orders.v1")
                .functionCounter();
        return meter.measure().iterator().next().getValue();
    }

    private static void fails(CompletableFuture<Receipt> future) {
        assertThat(future.handle((receipt, failure) -> failure).join()).isInstanceOf(PublishException.class);
    }
}
