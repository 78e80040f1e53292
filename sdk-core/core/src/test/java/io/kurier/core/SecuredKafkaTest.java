// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The facade on a broker that asks for TLS, a login and ACLs: its connection keys are Kafka's own. */
@Timeout(120)
class SecuredKafkaTest {
    private static final LocalBroker BROKER = LocalBroker.builder()
            .tls()
            .user("admin", "admin-secret")
            .user("milena", "ink-and-paper")
            .user("letters", "principal")
            .acls("admin")
            .start();

    private final Topic<String, String> topic = Topic.of("letters", String.class, String.class);

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void publishesAsAUserWhoMay() {
        try (Publisher publisher = start(BROKER.clientProperties("admin"))) {
            assertThat(publisher.publish(topic, "k", "v").join().hasOffset()).isTrue();
        }
    }

    @Test
    void doesNotStartAsAUserWhoMayNotAndKeepsThePassword() {
        start(BROKER.clientProperties("admin")).close();

        StartException refused = catchThrowableOfType(
                StartException.class,
                () -> start(BROKER.clientProperties("milena")).close());

        assertThat(refused).hasMessageContaining("letters").hasMessageContaining("DESCRIBE");
        assertThat(refused.getMessage()).doesNotContain("ink-and-paper");
    }

    @Test
    void keepsItsOwnSentencesWhereTheirWordsAreAPasswordOrAUsersName() {
        start(BROKER.clientProperties("admin")).close();

        StartException refused = catchThrowableOfType(
                StartException.class,
                () -> start(BROKER.clientProperties("letters")).close());

        assertThat(refused).hasMessageContaining("the topic letters is missing, or the principal may not see it");
    }

    @Test
    void doesNotStartWithAWrongPasswordAndKeepsIt() {
        Map<String, String> config = BROKER.clientProperties("admin");
        config.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("admin-secret", "admin-sacred"));

        StartException refused =
                catchThrowableOfType(StartException.class, () -> start(config).close());

        assertThat(refused).hasMessageContaining("uthentication");
        assertThat(refused.getMessage()).doesNotContain("admin-sacred");
    }

    /** The map of the broker, as it is, and what is to be published. */
    private Publisher start(Map<String, String> config) {
        config.putAll(
                Map.of("topics.management", "create", "topics", "letters", "topics.letters.value.serializer", "text"));
        return Kurier.start(config, topic);
    }
}
