// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users may do on a broker with ACLs: nothing, until they are given it. */
class AclTest {

    @TempDir
    Path folder;

    @Test
    void letsAUserWriteOnlyWhereAnAclSaysSo() throws Exception {
        try (LocalBroker broker = builder().start()) {
            Map<String, String> milena = broker.clientProperties("milena");
            Clients.createTopic(broker.clientProperties("root"), "letters");
            Clients.createTopic(broker.clientProperties("root"), "diaries");
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> Clients.produce(milena, "letters", "dear Franz"))
                    .withCauseInstanceOf(TopicAuthorizationException.class);

            allow(broker, WRITE, TOPIC, "letters");
            // idempotent by default: WRITE on any topic is enough since KIP-679
            Clients.produce(milena, "letters", "dear Franz");

            assertThat(Clients.consume(broker.clientProperties("root"), "letters", 1))
                    .containsExactly("dear Franz");
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> Clients.produce(milena, "diaries", "dear diary"))
                    .withCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void showsAUserNoTopicThatIsNotTheirsAndLetsThemMakeNone() throws Exception {
        try (LocalBroker broker = builder().start()) {
            Clients.createTopic(broker.clientProperties("root"), "letters");

            assertThat(Clients.topics(broker.clientProperties("milena"))).isEmpty();
            assertThatExceptionOfType(TopicAuthorizationException.class)
                    .isThrownBy(() -> Clients.createTopic(broker.clientProperties("milena"), "diaries"));
            assertThatExceptionOfType(ClusterAuthorizationException.class)
                    .isThrownBy(() -> allow(broker.clientProperties("milena"), WRITE, TOPIC, "letters"));
        }
    }

    @Test
    void letsAUserReadWithAGroupOfTheirs() throws Exception {
        try (LocalBroker broker = builder().tls().start()) {
            Clients.createTopic(broker.clientProperties("root"), "letters");
            Clients.produce(broker.clientProperties("root"), "letters", "dear Milena");
            assertThatExceptionOfType(TopicAuthorizationException.class)
                    .isThrownBy(() -> Clients.consume(broker.clientProperties("milena"), "letters", 1));

            allow(broker, READ, TOPIC, "letters");
            allow(broker, READ, GROUP, "readers");

            assertThat(Clients.consume(broker.clientProperties("milena"), "letters", 1))
                    .containsExactly("dear Milena");
        }
    }

    @Test
    void letsAUserHaveATransactionWhoMayUseItsId() throws Exception {
        try (LocalBroker broker = builder().start()) {
            Map<String, String> transactional = broker.clientProperties("milena");
            transactional.put("transactional.id", "post");
            Clients.createTopic(broker.clientProperties("root"), "letters");
            allow(broker, WRITE, TOPIC, "letters");
            try (KafkaProducer<String, String> producer = Clients.producer(transactional)) {
                assertThatExceptionOfType(TransactionalIdAuthorizationException.class)
                        .isThrownBy(producer::initTransactions);
            }

            allow(broker, WRITE, TRANSACTIONAL_ID, "post");
            allow(broker, DESCRIBE, TRANSACTIONAL_ID, "post");
            try (KafkaProducer<String, String> producer = Clients.producer(transactional)) {
                producer.initTransactions();
                producer.beginTransaction();
                Clients.send(producer, "letters", "thrown away");
                producer.abortTransaction();
                producer.beginTransaction();
                Clients.send(producer, "letters", "dear Franz");
                producer.commitTransaction();
            }

            assertThat(Clients.consume(broker.clientProperties("root"), "letters", 1))
                    .containsExactly("dear Franz");
        }
    }

    @Test
    void remembersTheAclsOfADirectory() throws Exception {
        try (LocalBroker broker = builder().directory(folder).start()) {
            Clients.createTopic(broker.clientProperties("root"), "letters");
            allow(broker, WRITE, TOPIC, "letters");
        }
        try (LocalBroker broker = builder().directory(folder).start()) {
            Clients.produce(broker.clientProperties("milena"), "letters", "dear Franz");

            assertThat(Clients.consume(broker.clientProperties("root"), "letters", 1))
                    .containsExactly("dear Franz");
        }
    }

    @Test
    void refusesASuperUserWhoIsNotDeclared() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        LocalBroker.builder().user("milena", "ink").acls("root").start())
                .withMessageContaining("root")
                .withMessageContaining("the users are milena")
                .withMessageContaining("add user(");
        assertThatIllegalStateException()
                .isThrownBy(() -> LocalBroker.builder().tls().acls("root").start())
                .withMessageContaining("no users are declared");
    }

    private static LocalBroker.Builder builder() {
        return LocalBroker.builder().user("root", "toor").user("milena", "ink").acls("root");
    }

    private static void allow(LocalBroker broker, AclOperation operation, ResourceType type, String name) {
        allow(broker.clientProperties("root"), operation, type, name);
    }

    /** Gives milena a right. */
    private static void allow(Map<String, String> giver, AclOperation operation, ResourceType type, String name) {
        AclBinding acl = new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:milena", "*", operation, AclPermissionType.ALLOW));
        try (ClusterAdmin admin = ClusterAdmin.connect(giver)) {
            admin.createAcls(List.of(acl));
        }
    }
}
