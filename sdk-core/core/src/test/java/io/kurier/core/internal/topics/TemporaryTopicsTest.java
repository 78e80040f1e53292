// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.config.PublisherConfig;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TemporaryTopicsTest {
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final PublisherConfig CONFIG =
            Declared.at(BROKER.bootstrapServers()).config();

    @BeforeAll
    static void createATopic() {
        try (ClusterAdmin admin = ClusterAdmin.connect(BROKER.clientProperties())) {
            admin.createTopic("orders", 3);
            admin.alterTopic("orders", Map.of("max.message.bytes", "500000"));
        }
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void readsTheSettingsThatAreInForce() {
        assertThat(TemporaryTopics.settings(CONFIG, "orders", Set.of("max.message.bytes", "min.insync.replicas")))
                .isEqualTo(new TopicSettings(3, 1, Map.of("max.message.bytes", "500000", "min.insync.replicas", "1")));
    }

    @Test
    void saysThatThereIsNoTopicOfThatName() {
        assertThatThrownBy(() -> TemporaryTopics.settings(CONFIG, "nowhere", Set.of()))
                .isInstanceOf(StartException.class)
                .hasMessage("there is no topic nowhere, or the principal may not see it. Check the name, or grant"
                        + " DESCRIBE.");
    }

    @Test
    void keepsTheInterruptOfItsCaller() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> TemporaryTopics.settings(CONFIG, "orders", Set.of()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void deletesATopicAndTakesAMissingOneForDeleted() throws Exception {
        try (ClusterAdmin admin = ClusterAdmin.connect(BROKER.clientProperties())) {
            admin.createTopic("temporary", 1);
        }
        assertThat(TemporaryTopics.delete(CONFIG, "temporary")).isEmpty();
        assertThat(TemporaryTopics.delete(CONFIG, "temporary")).isEmpty();
    }
}
