// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by a broker with users, and who is not. */
class LoginTest {

    @TempDir
    Path folder;

    @Test
    void letsEveryUserInWithTheirOwnPasswordOnly() throws Exception {
        try (LocalBroker broker = LocalBroker.builder()
                .user("milena", "ink and paper")
                .user("franz", "a beetle")
                .start()) {
            Map<String, String> milena = broker.clientProperties("milena");
            Map<String, String> franz = broker.clientProperties("franz");
            assertThat(milena)
                    .containsOnlyKeys("bootstrap.servers", "security.protocol", "sasl.mechanism", "sasl.jaas.config")
                    .containsEntry("security.protocol", "SASL_PLAINTEXT")
                    .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
            assertThat(Clients.topics(milena)).isEmpty();
            assertThat(Clients.topics(franz)).isEmpty();

            milena.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("ink and paper", "a beetle"));
            assertNotLetIn(milena);
            franz.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("franz", "gregor"));
            assertNotLetIn(franz);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"quote\"d", "back\\slash\\", "\\\"", "semi;colon", "a=b,c]d", " spaces around ", "Kafkův zámek 城"
            })
    void takesAnyPasswordOnOneLine(String password) throws Exception {
        try (LocalBroker broker =
                LocalBroker.builder().user("o'Brien, \"Rex\"", password).start()) {
            assertThat(Clients.topics(broker.clientProperties("o'Brien, \"Rex\"")))
                    .isEmpty();
        }
    }

    @Test
    void doesNotLetAClientInWithoutALogin() {
        try (LocalBroker broker =
                LocalBroker.builder().user("milena", "ink and paper").start()) {
            Map<String, String> client = Map.of(
                    "bootstrap.servers", broker.bootstrapServers(),
                    "default.api.timeout.ms", "1500",
                    "request.timeout.ms", "1500");

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> Clients.topics(client))
                    .withCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void doesNotLetAClientInByAnotherMechanism() {
        try (LocalBroker broker =
                LocalBroker.builder().user("milena", "ink and paper").start()) {
            Map<String, String> client = broker.clientProperties("milena");
            client.putAll(plain("milena", "ink and paper"));

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> Clients.topics(client))
                    .withCauseInstanceOf(UnsupportedSaslMechanismException.class)
                    .withMessageContaining("[SCRAM-SHA-512]");
        }
    }

    @Test
    void letsNobodyElseUseTheListenersByWhichTheBrokerTalksToItself() throws Exception {
        try (LocalBroker broker =
                LocalBroker.builder().user("root", "toor").acls("root").start()) {
            String internal = "127.0.0.1:" + broker.sockets().port(LoopbackSockets.INTERNAL);
            String controller = "127.0.0.1:" + broker.sockets().port(LoopbackSockets.CONTROLLER);
            for (Map<String, String> way :
                    List.of(Map.of("bootstrap.servers", internal), Map.of("bootstrap.controllers", controller))) {
                Map<String, String> client = new HashMap<>(way);
                client.put("default.api.timeout.ms", "1500");
                client.put("request.timeout.ms", "1500");
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> Clients.clusterId(client))
                        .withCauseInstanceOf(TimeoutException.class);

                client.put("security.protocol", "SASL_PLAINTEXT");
                client.putAll(plain(Security.INSIDER, "toor"));
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> Clients.clusterId(client))
                        .withCauseInstanceOf(SaslAuthenticationException.class);
            }
            assertThat(Clients.clusterId(broker.clientProperties("root"))).isNotEmpty();
        }
    }

    @Test
    void takesTheNewPasswordForADirectoryThatKnowsAnotherOne() throws Exception {
        Map<String, String> old;
        try (LocalBroker broker =
                LocalBroker.builder().directory(folder).user("milena", "ink").start()) {
            old = broker.clientProperties("milena");
            Clients.createTopic(old, "greetings");
        }
        try (LocalBroker broker =
                LocalBroker.builder().directory(folder).user("milena", "paper").start()) {
            assertThat(Clients.topics(broker.clientProperties("milena"))).containsExactly("greetings");

            old.put("bootstrap.servers", broker.bootstrapServers());
            assertNotLetIn(old);
        }
    }

    @Test
    void asksForALoginWhereADirectoryWasOpenBeforeAndTheOtherWayRound() throws Exception {
        try (LocalBroker open = LocalBroker.builder().directory(folder).start()) {
            Clients.createTopic(open, "greetings");
        }
        try (LocalBroker secured = LocalBroker.builder()
                .directory(folder)
                .tls()
                .user("milena", "ink")
                .start()) {
            assertThat(Clients.topics(secured.clientProperties("milena"))).containsExactly("greetings");
        }
        try (LocalBroker open = LocalBroker.builder().directory(folder).start()) {
            assertThat(Clients.topics(open)).containsExactly("greetings");
        }
    }

    @Test
    void namesTheUsersThereAreToAClientThatIsNone() {
        try (LocalBroker broker = LocalBroker.builder()
                .user("milena", "ink and paper")
                .user("franz", "a beetle")
                .start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> broker.clientProperties("gregor"))
                    .withMessageContaining("no user \"gregor\"")
                    .withMessageContaining("franz, milena");
            assertThatIllegalStateException()
                    .isThrownBy(broker::clientProperties)
                    .withMessageContaining("must log in")
                    .withMessageContaining("franz, milena");
        }
    }

    @Test
    void tellsAClientOfABrokerWithoutUsersSo() {
        try (LocalBroker broker = LocalBroker.start()) {
            assertThat(broker.clientProperties())
                    .isEqualTo(
                            Map.of("bootstrap.servers", broker.bootstrapServers(), "security.protocol", "PLAINTEXT"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> broker.clientProperties("milena"))
                    .withMessageContaining("no users are declared");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " milena", "milena;User:franz", "mil\nena", "kurier-broker"})
    void refusesANameThatKafkaWouldMisread(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalBroker.builder().user(name, "secret"))
                .withMessageContaining("name")
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("secret").doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "of two\nlines"})
    void refusesAPasswordThatAClientCouldNotWriteDown(String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalBroker.builder().user("milena", password))
                .withMessageContaining("milena")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("of two"));
    }

    private static Map<String, String> plain(String name, String password) {
        return Map.of(
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + name + "\" password=\""
                        + password + "\";");
    }

    private static void assertNotLetIn(Map<String, String> client) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> Clients.topics(client))
                .withCauseInstanceOf(SaslAuthenticationException.class);
    }
}
