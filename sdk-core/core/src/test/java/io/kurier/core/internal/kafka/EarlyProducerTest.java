// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link EarlyProducer}, with an address at which there is no broker. */
@Timeout(60)
class EarlyProducerTest {

    private static PublisherConfig config(String clientId, String bootstrap) {
        return ConfigReader.read(
                List.of(
                        new Setting("bootstrap.servers", bootstrap, "test"),
                        new Setting("client.id", clientId, "test")),
                List.of(),
                new Problems());
    }

    private static boolean hasThread(String part) {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).anyMatch(name -> name.contains(part));
    }

    @Test
    void isNotMadeBeforeItIsBegun() {
        try (EarlyProducer unused = new EarlyProducer(config("early-unbegun", "127.0.0.1:1"))) {
            assertThat(hasThread("early-unbegun")).isFalse();
        }
    }

    @Test
    void isClosedUnlessTaken() {
        EarlyProducer early = new EarlyProducer(config("early-left", "127.0.0.1:1"));
        early.begin();
        early.close();

        await().until(() -> !hasThread("early-left") && !hasThread("kurier-producer"));
    }

    @Test
    void belongsToItsTakerAndHasAKnownThread() {
        ManagedProducer taken;
        try (EarlyProducer early = new EarlyProducer(config("early-taken", "127.0.0.1:1"))) {
            early.begin();
            taken = early.take(Map.of(), Map.of());
        }

        assertThat(taken.ioThread().isKnown()).isTrue();
        assertThat(taken.ioThread().hasEnded()).isFalse();
        taken.close(Duration.ZERO);
        await().until(() -> !hasThread("early-taken"));
    }

    @Test
    void keepsTheInterruptOfItsTaker() {
        try (EarlyProducer early = new EarlyProducer(config("early-interrupted", "127.0.0.1:1"))) {
            early.begin();
            Thread.currentThread().interrupt();

            ManagedProducer taken = early.take(Map.of(), Map.of());

            assertThat(Thread.interrupted()).isTrue();
            taken.close(Duration.ZERO);
        }
    }

    @Test
    void failsWithTheExceptionOfKafka() {
        try (EarlyProducer early = new EarlyProducer(config("early-refused", "nowhere.invalid:1"))) {
            early.begin();

            assertThatThrownBy(() -> early.take(Map.of(), Map.of()))
                    .isInstanceOf(KafkaException.class)
                    .hasMessage("Failed to construct kafka producer");
        }
    }
}
