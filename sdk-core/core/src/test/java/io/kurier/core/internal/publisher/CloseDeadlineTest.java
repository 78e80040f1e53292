// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.core.Kurier;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.PublishListener;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A close keeps its time, whatever hangs and whoever closes. */
@Timeout(120)
class CloseDeadlineTest {
    private static final Duration TIME = Duration.ofSeconds(1);

    /** The promise is ten seconds more than the time; a hang had no end. */
    private static final Duration LONGEST = TIME.plusSeconds(25);

    /** What Kafka's threads log in the meantime, also those of earlier tests, is not counted. */
    private static final Pattern WARNING_OF_A_CLOSE =
            Pattern.compile(" WARN io\\.kurier\\.core\\.internal\\.closing\\.");

    /** For the reporter, which Kafka makes. */
    private static volatile Hang ofReporters = new Hang();

    private final Hang hang = new Hang();

    /** What hangs. */
    enum Place {
        SERIALIZER("the plugins of topic one"),
        GUARD("the plugins of topic one"),
        PARTITIONER("the plugins of topic one"),
        REPORTER("the metrics reporters"),
        TRANSPORT("the way to Kafka"),
        LISTENER(null),
        DEPENDENT(null);

        private final @Nullable String named;

        Place(@Nullable String named) {
            this.named = named;
        }
    }

    @AfterEach
    void release() {
        hang.release();
        ofReporters.release();
    }

    @ParameterizedTest
    @EnumSource
    void endsThoughOnePlaceHangsAndNamesIt(Place place) throws Exception {
        Publisher publisher = start(place);
        CompletableFuture<Receipt> message = publisher.publish(ONE, "k", "v");
        CompletableFuture<Void> dependent = message.thenAccept(receipt -> {
            if (place == Place.DEPENDENT) {
                hang.here();
            }
        });
        AtomicReference<CloseReport> report = new AtomicReference<>();

        String log = loggedBy(() -> report.set(publisher.close(TIME)));

        assertThat(report.get()).isEqualTo(new CloseReport(1, 1, 0, 0, 0));
        assertThat(hang.hasBegun() || ofReporters.hasBegun()).isTrue();
        if (place.named != null) {
            assertThat(log).containsOnlyOnce(place.named + " did not close in time and is left behind");
            assertThat(log).contains("Hang.here");
            assertThat(WARNING_OF_A_CLOSE.matcher(log).results()).hasSize(1);
        }
        hang.release();
        dependent.join();
    }

    @Test
    void closesTheOtherPluginsThoughOneHangs() throws Exception {
        Publisher publisher = start(Place.SERIALIZER);

        loggedBy(() -> publisher.close(Duration.ZERO));

        assertThat(closedByOther).isTrue();
    }

    @Test
    void endsForTwoWhoCloseAtTheSameTime() throws Exception {
        Publisher publisher = start(Place.TRANSPORT);
        publisher.publish(ONE, "k", "v").join();
        CompletableFuture<CloseReport> first =
                CompletableFuture.supplyAsync(() -> publisher.close(Duration.ofHours(1)));
        await().until(hang::hasBegun);

        AtomicReference<CloseReport> second = new AtomicReference<>();
        loggedBy(() -> second.set(publisher.close(TIME)));

        assertThat(second.get()).isEqualTo(new CloseReport(1, 1, 0, 0, 0));
        assertThat(first).isNotDone();
        hang.release();
        assertThat(first.join()).isEqualTo(second.get());
    }

    @Test
    void endsForADependentThatClosesWhileAnotherThreadDoes() throws Exception {
        Publisher publisher = start(Place.LISTENER);
        CompletableFuture<Receipt> message = publisher.publish(ONE, "k", "v");
        CompletableFuture<CloseReport> inner = message.thenApply(receipt -> publisher.close(Duration.ofHours(1)));
        await().until(hang::hasBegun);
        CompletableFuture<CloseReport> outer =
                CompletableFuture.supplyAsync(() -> publisher.close(Duration.ofHours(1)));
        await().until(() -> publisher.tryPublish(ONE, "k", "late").isCompletedExceptionally());

        hang.release();

        assertThat(outer.get(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(inner.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void endsAtAnInterruptThoughAPluginHangs() throws Exception {
        Publisher publisher = start(Place.SERIALIZER);
        AtomicBoolean flag = new AtomicBoolean();

        String log = loggedBy(() -> {
            Thread.currentThread().interrupt();
            publisher.close(Duration.ofHours(1));
            flag.set(Thread.interrupted());
        });

        assertThat(flag).isTrue();
        assertThat(log).containsOnlyOnce("left behind");
    }

    // ---- a publisher of which one place hangs

    private final AtomicBoolean closedByOther = new AtomicBoolean();

    private Publisher start(Place place) {
        ofReporters = new Hang();
        ScriptedTransport transport = new ScriptedTransport() {
            @Override
            public void close(Duration timeout) {
                if (place == Place.TRANSPORT) {
                    hang.here();
                }
                super.close(timeout);
            }
        };
        return Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "topics", "one,other",
                        "topics.one.value.serializer", "hanging",
                        "topics.one.guards", "hanging",
                        "topics.one.partitioner", "hanging",
                        "topics.other.value.serializer", "noting",
                        "producer.metric.reporters", HangingReporter.class.getName()))
                .serializer(new HangingSerializer(place == Place.SERIALIZER ? hang::here : () -> {}, "hanging"))
                .serializer(new NotingSerializer(new HangingSerializer(() -> closedByOther.set(true), "noting")))
                .guard(new HangingGuard(place == Place.GUARD ? hang::here : () -> {}))
                .partitioner(new HangingPartitioner(place == Place.PARTITIONER ? hang::here : () -> {}))
                .listener(new PublishListener() {
                    @Override
                    public void stored(String topic, Receipt receipt, long nanos) {
                        if (place == Place.LISTENER) {
                            hang.here();
                        }
                    }
                })
                .transport(config -> {
                    HangingReporter.hangs = place == Place.REPORTER;
                    return transport;
                })
                .topics(ONE)
                .start();
    }

    private record HangingSerializer(Runnable hang, String name) implements SerializerPlugin {
        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return new StringSerializer() {
                @Override
                public void close() {
                    hang.run();
                }
            };
        }
    }

    /** Of a class of its own, since a plugin stands for its class. */
    private record NotingSerializer(SerializerPlugin noting) implements SerializerPlugin {
        @Override
        public String name() {
            return noting.name();
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return noting.serializer(settings);
        }
    }

    private record HangingGuard(Runnable hang) implements GuardPlugin {
        @Override
        public String name() {
            return "hanging";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return new Guard() {
                @Override
                public EncodedRecord guard(EncodedRecord record) {
                    return record;
                }

                @Override
                public void close() {
                    hang.run();
                }
            };
        }
    }

    private record HangingPartitioner(Runnable hang) implements PartitionerPlugin {
        @Override
        public String name() {
            return "hanging";
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            return new RecordPartitioner() {
                @Override
                public int partition(EncodedRecord record, int partitions) {
                    return 0;
                }

                @Override
                public void close() {
                    hang.run();
                }
            };
        }
    }

    /** Kafka makes it by its name. */
    public static final class HangingReporter implements MetricsReporter {
        private static volatile boolean hangs;

        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void close() {
            if (hangs) {
                ofReporters.here();
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** What Kurier logs in a step, which must not last longer than promised. */
    private static String loggedBy(Step step) throws Exception {
        PrintStream err = System.err;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setErr(new PrintStream(text, true, StandardCharsets.UTF_8));
        long begin = System.nanoTime();
        try {
            step.run();
        } finally {
            System.setErr(err);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
        return text.toString(StandardCharsets.UTF_8);
    }
}
