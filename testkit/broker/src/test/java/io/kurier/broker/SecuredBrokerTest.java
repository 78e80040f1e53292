// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each way of securing a broker has in common: who is let in finds a whole broker, also after a restart. */
class SecuredBrokerTest {

    @TempDir
    Path folder;

    /** The secured modes. Each broker has a user who may do everything, or needs none. */
    enum Mode {
        TLS(true, false, false),
        LOGIN(false, true, false),
        LOGIN_AND_TLS(true, true, false),
        ACLS(false, true, true),
        ACLS_AND_TLS(true, true, true);

        private final boolean tls;
        private final boolean login;
        private final boolean acls;

        Mode(boolean tls, boolean login, boolean acls) {
            this.tls = tls;
            this.login = login;
            this.acls = acls;
        }

        LocalBroker.Builder builder() {
            LocalBroker.Builder builder = LocalBroker.builder();
            if (tls) {
                builder.tls();
            }
            if (login) {
                builder.user("root", "toor");
            }
            return acls ? builder.acls("root") : builder;
        }

        Map<String, String> client(LocalBroker broker) {
            return login ? broker.clientProperties("root") : broker.clientProperties();
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesAndServesRecordsOfWhoIsLetIn(Mode mode) throws Exception {
        try (LocalBroker broker = mode.builder().start()) {
            Map<String, String> client = mode.client(broker);
            Clients.createTopic(client, "greetings");
            Clients.produce(client, "greetings", "hello");

            assertThat(Clients.consume(client, "greetings", 1)).containsExactly("hello");
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesTransactions(Mode mode) throws Exception {
        try (LocalBroker broker = mode.builder().start()) {
            Map<String, String> client = mode.client(broker);
            Clients.createTopic(client, "greetings");

            client.put("transactional.id", "greeter");
            try (KafkaProducer<String, String> producer = Clients.producer(client)) {
                producer.initTransactions();
                producer.beginTransaction();
                Clients.send(producer, "greetings", "taken back");
                producer.abortTransaction();
                producer.beginTransaction();
                Clients.send(producer, "greetings", "hello");
                producer.commitTransaction();
            }

            // the markers that make this visible go over the broker's listener for itself
            assertThat(Clients.consume(mode.client(broker), "greetings", 1)).containsExactly("hello");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameBrokerForItsClientsAfterARestart(Mode mode) throws Exception {
        LocalBroker first = mode.builder().directory(folder).start();
        Map<String, String> client = mode.client(first);
        Clients.createTopic(client, "greetings");
        try (KafkaProducer<String, String> producer = Clients.producer(client)) {
            Clients.send(producer, "greetings", "before");
            first.close();
            try (LocalBroker second =
                    mode.builder().directory(folder).port(first.port()).start()) {
                Clients.send(producer, "greetings", "after");

                assertThat(mode.client(second)).isEqualTo(client);
                assertThat(Clients.consume(client, "greetings", 2)).isEqualTo(List.of("before", "after"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNeitherKeysNorPasswordsBehindWhenItsDirectoryIsTemporary(Mode mode) {
        LocalBroker broker = mode.builder().start();
        assertThat(broker.directory()).isNotEmptyDirectory();

        broker.close();

        assertThat(broker.directory()).doesNotExist();
    }
}
