// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.Outcome;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the classes of errors of KIP-1050 do to transactions, on real brokers that are brought to answer them. */
@Timeout(120)
class TransactionErrorsTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    @Test
    void refreshRetriableABrokerThatIsAwayDuringTheTransaction(@TempDir Path directory) {
        LocalBroker first = LocalBroker.builder().directory(directory).start();
        LocalBroker second;
        try (Publisher publisher = start(first.clientProperties())) {
            CompletableFuture<LocalBroker> restarted = publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "before");
                first.close();
                LocalBroker again = LocalBroker.builder()
                        .directory(directory)
                        .port(first.port())
                        .start();
                transaction.publish(ORDERS, "k", "after");
                return again;
            });
            second = requireNonNull(restarted.join());
        }
        try (second) {
            assertThat(committed(second)).containsExactly("before", "after");
        }
    }

    @Test
    void applicationRecoverableAnIdThatTheClusterHasForgotten() throws Exception {
        try (LocalBroker broker = LocalBroker.builder()
                        .property("transactional.id.expiration.ms", "200")
                        .property("transaction.remove.expired.transaction.cleanup.interval.ms", "50")
                        .start();
                Publisher publisher = start(broker.clientProperties());
                Admin admin = Admin.create(Map.copyOf(broker.clientProperties()))) {
            publish(publisher, "first").join();
            await().until(() -> admin.listTransactions().all().get().isEmpty());

            TransactionException failure = failureOf(publish(publisher, "lost"));
            publish(publisher, "next").join();

            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failure.retriable()).isTrue();
            assertThat(committed(broker)).containsExactly("first", "next");
        }
    }

    @Test
    void invalidConfigurationAnIdThatTheUserMayNotUse() throws Exception {
        try (LocalBroker broker = LocalBroker.builder()
                .user("admin", "a-password")
                .user("milena", "b-password")
                .acls("admin")
                .start()) {
            start(broker.clientProperties("admin")).close();
            try (ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties("admin"))) {
                admin.createAcls(List.of(
                        allow(ResourceType.TOPIC, "orders", PatternType.LITERAL),
                        allow(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL)));
                StartException refused =
                        catchThrowableOfType(StartException.class, () -> start(broker.clientProperties("milena")));
                assertThat(refused)
                        .hasMessage("application.id (code): not authorized to use transactional ids. Grant WRITE and"
                                + " DESCRIBE on those that begin with app-publisher-.");

                admin.createAcls(List.of(allow(ResourceType.TRANSACTIONAL_ID, "app-publisher-0", PatternType.LITERAL)));
                try (Publisher publisher = start(broker.clientProperties("milena"))) {
                    publish(publisher, "v").join();
                    TransactionException notHers = catchThrowableOfType(
                            TransactionException.class, () -> publisher.transactionalSession("shard"));
                    assertThat(notHers.outcome()).isEqualTo(Outcome.REJECTED);
                    assertThat(notHers.retriable()).isFalse();
                    assertThat(notHers)
                            .hasMessageStartingWith("transaction app-publisher-own-shard, REJECTED: ")
                            .hasCauseInstanceOf(TransactionalIdAuthorizationException.class);
                }
            }
        }
    }

    private static AclBinding allow(ResourceType type, String name, PatternType pattern) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:milena", "*", AclOperation.ALL, AclPermissionType.ALLOW));
    }

    @Test
    void refusesAClusterWhoseTransactionsAreOld() throws Exception {
        try (LocalBroker broker = LocalBroker.start();
                Admin admin = Admin.create(Map.copyOf(broker.clientProperties()))) {
            admin.updateFeatures(
                            Map.of(
                                    "transaction.version",
                                    new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get();
            await().until(() -> admin.describeFeatures().featureMetadata().get().finalizedFeatures().entrySet().stream()
                    .anyMatch(feature -> feature.getKey().equals("transaction.version")
                            && feature.getValue().maxVersionLevel() == 1));

            StartException refused = catchThrowableOfType(StartException.class, () -> start(broker.clientProperties()));
            assertThat(refused)
                    .hasMessageStartingWith(
                            "application.id (code): the cluster's feature transaction.version is 1, not 2 or above.")
                    .hasMessageContaining("transactions.minimum.version=1");

            Map<String, String> accepted = broker.clientProperties();
            accepted.put("transactions.minimum.version", "1");
            try (Publisher publisher = start(accepted)) {
                publish(publisher, "v").join();
            }
            assertThat(committed(broker)).containsExactly("v");
        }
    }

    private static CompletableFuture<Void> publish(Publisher publisher, String value) {
        return publisher.transaction(transaction -> {
            transaction.publish(ORDERS, "k", value);
            return null;
        });
    }

    private static TransactionException failureOf(CompletableFuture<?> future) {
        return (TransactionException) requireNonNull(
                catchThrowableOfType(CompletionException.class, future::join).getCause());
    }

    private static Publisher start(Map<String, String> keys) {
        keys.put("application.id", "app");
        keys.put("transactions.producers", "1");
        keys.put("topics.management", "create");
        keys.put("topics.orders.partitions", "1");
        keys.put("topics.orders.value.serializer", "text");
        return Kurier.start(keys, ORDERS);
    }

    private static List<String> committed(LocalBroker broker) {
        return StoredRecords.committed(broker.bootstrapServers(), "orders");
    }
}
