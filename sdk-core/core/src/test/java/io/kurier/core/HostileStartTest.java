// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.core.testplugins.Hostile;
import io.kurier.core.testplugins.HostileInterceptor;
import io.kurier.core.testplugins.HostileReporter;
import io.kurier.core.testplugins.Thrown;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A start succeeds, or fails with a {@link StartException}, whatever reporters and interceptors throw; and one that fails
 * leaves no thread, neither of Kurier's and Kafka's nor of what was made for it.
 */
@Timeout(120)
class HostileStartTest {
    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    private static final String CANNOT = "a metrics reporter cannot be made, of producer.metric.reporters=";

    private TreeSet<String> before = new TreeSet<>();

    @BeforeEach
    void count() {
        before = threads();
    }

    @AfterEach
    void disarm() {
        Hostile.disarm();
        Thread.interrupted();
        assertNoThreadIsLeft();
    }

    /** Where a reporter or an interceptor is called in a start, how often it is sound before, and if that ends the start. */
    private enum Place {
        CONSTRUCTOR("reporter constructor", 0, CANNOT),
        CONFIGURE("reporter configure", 0, CANNOT),
        INIT("reporter init", 0, CANNOT),
        CONTEXT("reporter contextChange", 0, CANNOT),
        // the first is for Kurier's metrics, the next for those of Kafka's producer
        INIT_IN_THE_PRODUCER("reporter init", 1, "Kafka's producer cannot be made"),
        CONTEXT_IN_THE_PRODUCER("reporter contextChange", 1, "Kafka's producer cannot be made"),
        METRIC("reporter metricChange", 0, null),
        CLOSE("reporter close", 0, null),
        INTERCEPTOR_CONSTRUCTOR("interceptor constructor", 0, "Kafka's producer cannot be made"),
        INTERCEPTOR_CONFIGURE("interceptor configure", 0, "Kafka's producer cannot be made"),
        INTERCEPTOR_CLOSE("interceptor close", 0, null);

        private final String word;
        private final int sound;
        private final @Nullable String problem;

        Place(String word, int sound, @Nullable String problem) {
            this.word = word;
            this.sound = sound;
            this.problem = problem;
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(Place.values())
                .flatMap(place -> thrown()
                        // what ends nothing Kafka logs by itself, and the log of these tests prints causes without end
                        .filter(thrown -> place.problem != null || thrown != Thrown.CAUSES_WITHOUT_END)
                        .map(thrown -> Arguments.of(place, thrown)));
    }

    static Stream<Thrown> thrown() {
        return Stream.of(Thrown.values()).filter(thrown -> thrown != Thrown.RETURNS_NULL);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void succeedsOrSaysWhyAndLeavesNoThread(Place place, Thrown thrown) {
        Hostile.arm(place.word, thrown, place.sound);

        Map<String, String> keys = onKafka();
        if (place.sound > 0
                || place
                        == Place.METRIC) { // Kafka's producer itself leaves the reporters that it began before one that
            // fails
            keys.put("producer.metric.reporters", HostileReporter.class.getName());
        }
        AtomicReference<@Nullable Publisher> started = new AtomicReference<>();
        Throwable failure = catchThrowable(() -> started.set(Kurier.start(keys, ONE)));
        Publisher publisher = started.get();
        if (publisher != null) {
            assertThat(publisher.close(Duration.ofSeconds(10)).open()).isZero();
        }

        if (place.problem != null) {
            assertThat(failure).isInstanceOf(StartException.class).hasMessageContaining(place.problem);
        } else if (failure != null) {
            assertThat(failure).isInstanceOf(StartException.class).hasMessageContaining("cannot be made");
        }
        if (failure != null) {
            failure.printStackTrace(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void leavesNoThreadWhenTheWayToKafkaFails(Thrown thrown) {
        Throwable failure = catchThrowable(() -> Kurier.builder()
                .set(onKafka())
                .topics(ONE)
                .transport(config -> {
                    throw thrown.sneak();
                })
                .start());

        assertThat(failure).isNotNull();
    }

    /** Guice cannot make it. */
    static final class Unmade implements PublishListener {
        @Inject
        Unmade() {
            Hostile.at("listener constructor");
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void leavesNoThreadWhenGuiceCannotMakeAListenerAndConnectsLater(Thrown thrown) {
        Injector injector = Guice.createInjector(new KurierModule(), new AbstractModule() {
            @Override
            protected void configure() {
                KurierBinder.of(binder()).set(onKafka()).listener(Unmade.class).topic(ONE);
            }
        });
        Hostile.arm("listener constructor", thrown);
        assertThat(catchThrowable(() -> injector.getInstance(Publisher.class))).isNotNull();
        assertNoThreadIsLeft();

        Hostile.arm("reporter init", thrown);
        assertThatThrownBy(() -> injector.getInstance(Publisher.class))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining(CANNOT);
        assertNoThreadIsLeft();

        Hostile.disarm();
        injector.getInstance(Publisher.class).close();
    }

    /** Has a thread until it is closed. */
    private static final class Busy implements SerializerPlugin {
        @Override
        public String name() {
            return "busy";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            CountDownLatch closed = new CountDownLatch(1);
            Thread thread = new Thread(() -> awaitLatch(closed), "busy");
            thread.setDaemon(true);
            thread.start();
            return new Serializer<String>() {
                @Override
                public byte[] serialize(String topic, String data) {
                    return new byte[0];
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }
    }

    @Test
    void closesWhatPluginsHaveMadeForATopicThatCannotBe() {
        KurierBuilder builder = Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "topics.one.key.serializer", "busy",
                        "topics.one.value.serializer", "there-is-none"))
                .topics(ONE)
                .serializer(new Busy())
                .transport(config -> new ScriptedTransport());

        assertThatThrownBy(builder::start).isInstanceOf(StartException.class).hasMessageContaining("there-is-none");
    }

    @Test
    void noticesAThreadThatIsLeft() {
        CountDownLatch seen = new CountDownLatch(1);
        Thread left = new Thread(() -> awaitLatch(seen), "kurier-left");
        left.start();
        try {
            assertThat(threads()).anyMatch(name -> name.startsWith("kurier-left"));
        } finally {
            seen.countDown();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertNoThreadIsLeft() {
        await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    private static TreeSet<String> threads() {
        TreeSet<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = requireNonNull(thread.getName());
            if (List.of("kurier-", "kafka-producer", "kafka-admin", "io", "reporter-", "busy").stream()
                    .anyMatch(name::startsWith)) {
                names.add(name + " #" + thread.getId());
            }
        }
        return names;
    }

    /** Nothing answers there, and nothing is asked. */
    private static Map<String, String> onKafka() {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "topics.management",
                "off",
                "close.timeout.ms",
                "1000",
                "topics.one.value.serializer",
                "text",
                "producer.metric.reporters",
                HostileReporter.Sending.class.getName() + "," + HostileReporter.class.getName(),
                "producer.interceptor.classes",
                HostileInterceptor.class.getName()));
    }
}
