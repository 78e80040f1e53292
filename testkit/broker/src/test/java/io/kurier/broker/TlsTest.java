// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who is not let in by a broker with TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private LocalBroker broker;

    @BeforeAll
    void start() {
        broker = LocalBroker.builder().tls().start();
    }

    @AfterAll
    void close() {
        broker.close();
    }

    @Test
    void tellsClientsHowToConnect() throws Exception {
        Map<String, String> client = broker.clientProperties();

        assertThat(client)
                .containsOnlyKeys(
                        "bootstrap.servers", "security.protocol", "ssl.truststore.type", "ssl.truststore.certificates")
                .containsEntry("security.protocol", "SSL");
        assertThat(client.get("ssl.truststore.certificates"))
                .startsWith("-----BEGIN CERTIFICATE-----")
                .doesNotContain("PRIVATE");
        assertThat(Clients.topics(client)).isEmpty();
    }

    @Test
    void isFoundByTheNameLocalhostToo() throws Exception {
        Map<String, String> client = broker.clientProperties();
        client.put("bootstrap.servers", "localhost:" + broker.port());

        assertThat(Clients.topics(client)).isEmpty();
    }

    @Test
    void isNotTrustedByAClientThatDoesNotKnowItsCertificate() {
        Map<String, String> client = Map.of("bootstrap.servers", broker.bootstrapServers(), "security.protocol", "SSL");

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> Clients.topics(client))
                .withCauseInstanceOf(SslAuthenticationException.class);
    }

    @Test
    void isNotTrustedByAClientOfAnotherBroker() {
        Map<String, String> client;
        try (LocalBroker other = LocalBroker.builder().tls().start()) {
            client = other.clientProperties();
        }
        client.put("bootstrap.servers", broker.bootstrapServers());

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> Clients.topics(client))
                .withCauseInstanceOf(SslAuthenticationException.class);
    }

    @Test
    void doesNotLetAClientInWithoutTls() throws Exception {
        Map<String, String> client = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "security.protocol", "PLAINTEXT",
                // Kafka's clients do not know that this will never work
                "default.api.timeout.ms", "1500",
                "request.timeout.ms", "1500");

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> Clients.topics(client))
                .withCauseInstanceOf(TimeoutException.class);
        assertThat(Clients.topics(broker.clientProperties())).isEmpty();
    }
}
