// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a message is refused whose topic the producer does not know: three causes, for which Kafka's client has one sentence. */
@Timeout(90)
class ColdTopicTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    @ParameterizedTest
    @ValueSource(strings = {"", "murmur2"})
    void aBrokerThatIsDown(String partitioner) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String address = "127.0.0.1:" + port;
        assertThat(refusal(Map.of("bootstrap.servers", address), partitioner))
                .hasMessageContaining("no broker has answered yet at " + address + " (bootstrap.servers (code));"
                        + " check the address and that a broker is running");
    }

    @Test
    void aTopicThatIsMissing() {
        try (LocalBroker broker = LocalBroker.start()) {
            assertThat(refusal(broker.clientProperties(), ""))
                    .hasMessageContaining(
                            "the topic orders does not exist; create it, or set topics.management=create");
        }
    }

    @Test
    void rightsThatAreMissing() {
        try (LocalBroker broker = LocalBroker.builder()
                .user("admin", "admin-secret")
                .user("milena", "ink")
                .acls("admin")
                .start()) {
            assertThat(refusal(broker.clientProperties("milena"), ""))
                    .hasMessageContaining("the user may not see the topic orders, or it does not exist;"
                            + " grant DESCRIBE and WRITE on it");
        }
    }

    @Test
    void aLogInThatIsRefused() {
        try (LocalBroker broker = LocalBroker.builder().user("milena", "ink").start()) {
            Map<String, String> keys = broker.clientProperties("milena");
            keys.computeIfPresent("sasl.jaas.config", (key, login) -> login.replace("\"ink\"", "\"Zebra22\""));
            assertThat(refusal(keys, ""))
                    .hasMessageContaining("sasl.jaas.config (code): the brokers refuse the log-in by SCRAM-SHA-512")
                    .hasMessageNotContaining("Zebra22");
        }
    }

    private static PublishException refusal(Map<String, String> connection, String partitioner) {
        Map<String, String> keys = new HashMap<>(connection);
        keys.put("topics.management", "off");
        keys.put("topics.orders.value.serializer", "text");
        keys.put("publish.max.wait.ms", "4000");
        if (!partitioner.isEmpty()) {
            keys.put("topics.orders.partitioner", "first-byte");
        }
        try (Publisher publisher = Kurier.start(keys, ORDERS)) {
            CompletionException failed = requireNonNull(catchThrowableOfType(
                    CompletionException.class,
                    () -> publisher.publish(ORDERS, "k", "v").join()));
            PublishException refused = (PublishException) requireNonNull(failed.getCause());
            assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
            return refused;
        }
    }
}
