// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.kurier.Health;
import io.kurier.Health.Cause;
import io.kurier.Health.Reason;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.broker.proxy.FaultProxy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code Publisher.health()} on a real broker. */
@Timeout(120)
class HealthTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    @TempDir
    Path folder;

    @Test
    void noticesThatTheBrokerIsGoneAndIsBack() {
        LocalBroker first = LocalBroker.builder().directory(folder).start();
        int port = first.port();
        try (first;
                Publisher publisher = Kurier.start(keys(first.bootstrapServers(), Map.of()), ORDERS)) {
            assertThat(publisher.health()).isEqualTo(Health.READY);

            first.close();

            Reason reason = await().until(() -> reason(publisher, Cause.NOT_CONNECTED), found -> found != null);
            assertThat(reason.text()).isEqualTo("no broker is connected, of the cluster of bootstrap.servers (code)");
            assertThat(publisher.health().live()).isTrue();

            try (LocalBroker again =
                    LocalBroker.builder().directory(folder).port(port).start()) {
                awaitReady(publisher);
            }
        }
    }

    @Test
    void staysReadyWhereTheBrokerClosesConnectionsThatNobodyUses() {
        try (LocalBroker broker = LocalBroker.builder()
                        .property("connections.max.idle.ms", "300")
                        .start();
                Publisher publisher = Kurier.start(
                        keys(broker.bootstrapServers(), Map.of("client.id", "idle", "health.grace.ms", "5000")),
                        ORDERS)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                assertThat(publisher.health()).isEqualTo(Health.READY);
                return metric("idle", "connection-close-total") > 3;
            });
        }
    }

    @Test
    void noticesThatThePasswordIsWrongAndThatItIsRight() throws Exception {
        try (FaultProxy proxy = FaultProxy.start();
                LocalBroker broker = LocalBroker.builder()
                        .user("admin", "admin-secret")
                        .user("milena", "ink-and-paper")
                        .advertisedPort(proxy.port())
                        .start()) {
            proxy.target(broker.port());
            Map<String, String> client = broker.clientProperties("milena");
            client.put("bootstrap.servers", proxy.address());
            client.put("producer.reconnect.backoff.max.ms", "100");
            try (Publisher publisher = Kurier.start(keys(proxy.address(), client), ORDERS)) {
                publisher.publish(ORDERS, "k", "v").join();
                assertThat(publisher.health()).isEqualTo(Health.READY);
                changePassword(broker, "another");
                proxy.reset();

                Reason reason = await().until(() -> reason(publisher, Cause.NOT_AUTHENTICATED), found -> found != null);
                assertThat(reason.text()).contains("refuse the log-in").doesNotContain("ink-and-paper");
                // also while an attempt to log in has a connection
                await().during(Duration.ofSeconds(2))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> causes(publisher).contains(Cause.NOT_AUTHENTICATED));

                changePassword(broker, "ink-and-paper");
                awaitReady(publisher);
            }
        }
    }

    /** The log-in's failure is reported once by Kafka's client: a probe that has met it leaves it to messages too. */
    @Test
    void aProbeDoesNotHideTheRefusedLogInFromMessages() {
        try (LocalBroker broker =
                LocalBroker.builder().user("milena", "ink-and-paper").start()) {
            Map<String, String> client = broker.clientProperties("milena");
            client.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("ink-and-paper", "wrong-secret"));
            client.put("topics.management", "off");
            client.put("publish.max.wait.ms", "30000");
            try (Publisher publisher = Kurier.start(keys(broker.bootstrapServers(), client), ORDERS)) {
                await().until(() -> causes(publisher).contains(Cause.NOT_AUTHENTICATED));

                assertThat(publisher.publish(ORDERS, "k", "v").handle((receipt, failure) -> String.valueOf(failure)))
                        .succeedsWithin(Duration.ofSeconds(60))
                        .asString()
                        .contains("refuse the log-in");
            }
        }
    }

    @Test
    void noticesAPausedBrokerUnderLoad() {
        try (FaultProxy proxy = FaultProxy.start();
                LocalBroker broker =
                        LocalBroker.builder().advertisedPort(proxy.port()).start()) {
            proxy.target(broker.port());
            Map<String, String> small = Map.of("producer.buffer.memory", "65536", "producer.batch.size", "16384");
            try (Publisher publisher = Kurier.start(keys(proxy.address(), small), ORDERS)) {
                proxy.hold(ApiKeys.PRODUCE);
                List<CompletableFuture<Receipt>> taken = new ArrayList<>();
                CompletableFuture<Receipt> message = publisher.tryPublish(ORDERS, "k", "x".repeat(1_000));
                while (!message.isCompletedExceptionally()) {
                    taken.add(message);
                    message = publisher.tryPublish(ORDERS, "k", "x".repeat(1_000));
                }

                await().until(() -> causes(publisher).containsAll(List.of(Cause.BUFFER_FULL, Cause.STALLED)));
                assertThat(reason(publisher, Cause.BUFFER_FULL))
                        .hasToString("BUFFER_FULL: the buffer has had no room for a batch for 500 ms: more is published"
                                + " than the cluster takes");
                assertThat(publisher.health().live()).isTrue();

                proxy.release();
                awaitReady(publisher);
                taken.forEach(CompletableFuture::join);
            }
        }
    }

    @Test
    void noticesATopicThatIsDeletedOrHasFewerPartitions() {
        try (LocalBroker broker = LocalBroker.start();
                ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
            Map<String, String> keys = keys(
                    broker.bootstrapServers(),
                    Map.of("producer.metadata.max.age.ms", "300", "topics.orders.partitions", "3"));
            try (Publisher publisher = Kurier.start(keys, ORDERS)) {
                assertThat(publisher.health()).isEqualTo(Health.READY);

                admin.deleteTopic("orders");
                assertThat(await().until(() -> reason(publisher, Cause.TOPIC_DIFFERS), found -> found != null)
                                .text())
                        .isEqualTo("the topic orders does not exist, or the principal may not see it");

                admin.createTopic("orders", 2);
                await().untilAsserted(() -> assertThat(reason(publisher, Cause.TOPIC_DIFFERS))
                        .hasToString("TOPIC_DIFFERS: the topic orders has 2 partitions, and 3 are declared"));

                admin.createPartitions("orders", 3);
                awaitReady(publisher);
            }
        }
    }

    @Test
    void noticesThatItMayNotSeeATopicAnyMore() {
        try (LocalBroker broker = Denial.broker("milena")) {
            Map<String, String> client = broker.clientProperties("milena");
            client.put("producer.metadata.max.age.ms", "300");
            try (Publisher publisher = Kurier.start(keys(broker.bootstrapServers(), client), ORDERS)) {
                try (Denial denial = new Denial(broker.clientProperties("admin"), "milena")) {
                    await().until(() -> causes(publisher).contains(Cause.TOPIC_DIFFERS));
                    assertThat(text(publisher, Cause.TOPIC_DIFFERS)).startsWith("the topic orders ");
                }
                awaitReady(publisher);
            }
        }
    }

    @Test
    void saysWhyItIsNotConnectedYet() throws IOException {
        int port = unusedPort();
        Map<String, String> keys = keys("127.0.0.1:" + port, Map.of("topics.management", "later"));
        try (Publisher publisher = Kurier.start(keys, ORDERS)) {
            assertThat(causes(publisher)).containsExactly(Cause.NOT_CONNECTED);
            assertThat(publisher.health().live()).isTrue();
            await().untilAsserted(() -> assertThat(text(publisher, Cause.NOT_CONNECTED))
                    .contains("no broker answered at 127.0.0.1:" + port));

            try (LocalBroker broker = LocalBroker.builder().port(port).start();
                    ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
                await().untilAsserted(() ->
                        assertThat(text(publisher, Cause.TOPIC_DIFFERS)).contains("the topic orders does not exist"));
                admin.createTopic("orders", 1);
                awaitReady(publisher);
            }
        }
    }

    @Test
    void aNameThatCannotBeResolvedYetIsNoOtherTopic() {
        Map<String, String> keys = keys("not-there-yet.invalid:9092", Map.of("topics.management", "later"));
        try (Publisher publisher = Kurier.start(keys, ORDERS)) {
            await().untilAsserted(() ->
                    assertThat(text(publisher, Cause.NOT_CONNECTED)).contains("cannot be resolved to an address"));
        }
    }

    @Test
    void aRefusedLogInOfALaterStartIsOne() {
        try (LocalBroker broker =
                LocalBroker.builder().user("milena", "ink-and-paper").start()) {
            Map<String, String> client = broker.clientProperties("milena");
            client.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("ink-and-paper", "wrong-secret"));
            client.put("topics.management", "later");
            try (Publisher publisher = Kurier.start(keys(broker.bootstrapServers(), client), ORDERS)) {
                await().untilAsserted(() -> assertThat(text(publisher, Cause.NOT_AUTHENTICATED))
                        .contains("refuse the log-in")
                        .doesNotContain("wrong-secret"));
            }
        }
    }

    @Test
    void aTransactionThatTakesItsTimeIsNoStandstill() {
        try (LocalBroker broker = LocalBroker.start();
                Publisher publisher = Kurier.start(
                        keys(broker.bootstrapServers(), Map.of("application.id", "shop", "health.grace.ms", "1")),
                        ORDERS)) {
            CountDownLatch published = new CountDownLatch(1);
            CountDownLatch looked = new CountDownLatch(1);
            CompletableFuture<?> transaction = publisher.transaction(work -> {
                work.publish(ORDERS, "k", "v");
                published.countDown();
                looked.await();
                return "done";
            });
            await().until(() -> published.getCount() == 0);
            for (int i = 0; i < 3; i++) {
                await().pollDelay(Duration.ofMillis(10)).until(() -> true); // longer than the grace
                assertThat(causes(publisher)).doesNotContain(Cause.STALLED);
            }
            looked.countDown();
            transaction.join();
        }
    }

    @Test
    void aProbeSendsNoRequestAndAllocatesLittle() throws Exception {
        try (LocalBroker broker = LocalBroker.start();
                Publisher publisher = Kurier.start(
                        keys(
                                broker.bootstrapServers(),
                                Map.of("client.id", "probed", "producer.enable.metrics.push", "false")),
                        ORDERS)) {
            publisher.publish(ORDERS, "k", "v").join();
            for (int i = 0; i < 1_000; i++) { // loads and compiles
                assertThat(publisher.health()).isEqualTo(Health.READY);
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            double requests = metric("probed", "request-total");
            long before = threads.getCurrentThreadAllocatedBytes();

            for (int i = 0; i < 1_000; i++) {
                publisher.health();
            }

            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(metric("probed", "request-total")).isEqualTo(requests);
            assertThat(allocated / 1_000).isLessThan(4_096);
        }
    }

    @Test
    void answersAnInterruptedThreadWhichStaysInterrupted() {
        try (LocalBroker broker = LocalBroker.start();
                Publisher publisher = Kurier.start(keys(broker.bootstrapServers(), Map.of()), ORDERS)) {
            Thread.currentThread().interrupt();
            Health health = publisher.health();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(health).isEqualTo(Health.READY);
        }
    }

    private static void awaitReady(Publisher publisher) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(publisher.health()).isEqualTo(Health.READY));
    }

    private static List<Cause> causes(Publisher publisher) {
        return publisher.health().reasons().stream().map(Reason::cause).toList();
    }

    /** The text of a reason; empty if there is none. */
    private static String text(Publisher publisher, Cause cause) {
        Reason reason = reason(publisher, cause);
        return reason == null ? "" : reason.text();
    }

    private static @Nullable Reason reason(Publisher publisher, Cause cause) {
        return publisher.health().reasons().stream()
                .filter(reason -> reason.cause() == cause)
                .findFirst()
                .orElse(null);
    }

    /** A metric of Kafka's producer. */
    private static double metric(String clientId, String name) throws Exception {
        return (double) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("kafka.producer:type=producer-metrics,client-id=" + clientId), name);
    }

    private static Map<String, String> keys(String address, Map<String, String> others) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "topics.management", "create", "topics.orders.value.serializer", "text", "health.grace.ms", "500"));
        keys.putAll(others);
        keys.put("bootstrap.servers", address);
        return keys;
    }

    private static void changePassword(LocalBroker broker, String password) throws Exception {
        Map<String, Object> client = new HashMap<>(broker.clientProperties("admin"));
        try (Admin admin = Admin.create(client)) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "milena", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
        }
        client.put(
                "sasl.jaas.config",
                requireNonNull(broker.clientProperties("milena").get("sasl.jaas.config"))
                        .replace("ink-and-paper", password));
        await().ignoreExceptions().until(() -> {
            try (Admin changed = Admin.create(client)) {
                return !changed.describeCluster().nodes().get().isEmpty();
            }
        });
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
