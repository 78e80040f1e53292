// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.StartException;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wait for the metadata of topics before the first record. */
@Timeout(60)
class WarmingTest {

    @Test
    void endsWithAnInterruptAndLeavesNoProducer() {
        try (LocalBroker broker = LocalBroker.start()) {
            PublisherConfig config = ConfigReader.read(
                    List.of(
                            new Setting("bootstrap.servers", broker.bootstrapServers(), "test"),
                            new Setting("client.id", "interrupted-warming", "test")),
                    List.of(),
                    new Problems());
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> KafkaTransport.connect(
                                    config, new EarlyProducer(config), Map.of("nowhere", 1), Map.of())
                            .warm(Set.of("nowhere")))
                    .isInstanceOf(StartException.class)
                    .hasMessage("interrupted while waiting for the metadata of [nowhere]");

            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .noneMatch(thread -> thread.contains("interrupted-warming")));
        }
    }
}
