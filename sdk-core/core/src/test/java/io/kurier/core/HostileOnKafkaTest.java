// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.broker.LocalBroker;
import io.kurier.core.testplugins.Hostile;
import io.kurier.core.testplugins.HostilePlugins;
import io.kurier.core.testplugins.Thrown;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Some cells of the table of {@code HostileCodeTest} on a real broker: what is sound is stored, and nothing is lost. */
@Timeout(120)
class HostileOnKafkaTest {
    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);

    @SuppressWarnings("NullAway.Init") // before all tests
    private static LocalBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.start();
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @AfterEach
    void disarm() {
        Hostile.disarm();
        Thread.interrupted();
    }

    static Stream<Thrown> thrown() {
        return Stream.of(Thrown.MESSAGE_THROWS, Thrown.TEXT_THROWS, Thrown.OUT_OF_MEMORY, Thrown.INTERRUPTED);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void losesNothingThatIsSound(Thrown thrown) {
        KurierBuilder builder = Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "topics.management", "create",
                        "application.id", "hostile",
                        "transactions.producers", "1",
                        "topics.one.key.serializer", "hostile-key",
                        "topics.one.value.serializer", "hostile-value",
                        "topics.one.guards", "hostile",
                        "topics.one.partitioner", "hostile"))
                .topics(ONE)
                .listener(new PublishListener() {
                    @Override
                    public void stored(String topic, Receipt receipt, long nanos) {
                        Hostile.at("stored");
                    }
                });
        HostilePlugins.addTo(builder);
        Publisher publisher = builder.start();

        for (String place : new String[] {"value", "guard", "partition"}) {
            Hostile.arm(place, thrown);
            assertThat(failureOf(publisher.publish(ONE, "k", "v"))).isInstanceOf(PublishException.class);
            assertThat(failureOf(publisher.transaction(transaction -> {
                        transaction.publish(ONE, "k", "v");
                        return null;
                    })))
                    .isInstanceOf(TransactionException.class);
        }
        assertThat(failureOf(publisher.transaction(transaction -> {
                    Hostile.disarm();
                    transaction.publish(ONE, "k", "v");
                    throw thrown.sneak();
                })))
                .isInstanceOfSatisfying(
                        TransactionException.class,
                        why -> assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED));
        Hostile.arm("stored", thrown);
        assertThat(failureOf(publisher.publish(ONE, "k", "v"))).isNull();
        Hostile.disarm();
        assertThat(failureOf(publisher.publish(ONE, "k", "v"))).isNull();
        assertThat(failureOf(publisher.transaction(transaction -> {
                    transaction.publish(ONE, "k", "v");
                    return null;
                })))
                .isNull();

        assertThat(publisher.close(Duration.ofSeconds(30))).isEqualTo(new CloseReport(10, 3, 6, 1, 0));
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> future) {
        boolean unused = Thread.interrupted(); // the plugin's interrupt is the caller's
        return future.handle((answer, failure) -> failure).join();
    }
}
