// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.ErrorChannelTest.failure;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.core.ErrorChannelTest.Verb;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Brings every failure of a publish about, on real brokers. */
final class Troubles {
    /** A piece of every value, which no message may show. */
    static final String CONFIDENTIAL = "x3k9";

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final List<AclBinding> GRANTED = new ArrayList<>();
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final LocalBroker SECURED = LocalBroker.builder()
            .user("admin", "of-the-admin")
            .user("milena", "of-milena")
            .acls("admin")
            .start();

    private Troubles() {}

    static void close() {
        BROKER.close();
        SECURED.close();
    }

    @SuppressWarnings("NullAway") // what callers outside null-checked code do
    static PublishException nullTopic(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of())) {
            return failure(verb.call(publisher, null, "k", CONFIDENTIAL));
        }
    }

    static PublishException undeclaredTopic(Verb verb) {
        try (Publisher publisher = start(topic(), Map.of())) {
            return failure(verb.call(publisher, topic(), "k", CONFIDENTIAL));
        }
    }

    static PublishException otherTypes(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of())) {
            Topic<String, Object> other = Topic.of(topic.alias(), String.class, Object.class);
            return failure(verb.call(publisher, Message.of(other, "k", CONFIDENTIAL)));
        }
    }

    static PublishException wrongType(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of())) {
            return failure(verb.call(publisher, topic, "k", List.of(CONFIDENTIAL)));
        }
    }

    static PublishException throwingSerializer(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of())) {
            return failure(verb.call(publisher, Message.of(topic, "k", "poison")));
        }
    }

    static PublishException guarded(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of("topics.%s.max.record.bytes", "1000"))) {
            return failure(verb.call(publisher, Message.of(topic, "k", large(2_000))));
        }
    }

    static PublishException refusedByAGuard(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of("topics.%s.guards", "as-told"))) {
            for (String word : List.of("nothing", "elsewhere", "endless")) {
                assertThat(failure(verb.call(publisher, Message.of(topic, "k", word)))
                                .stage())
                        .isEqualTo(Stage.GUARD);
            }
            return failure(verb.call(publisher, Message.of(topic, CONFIDENTIAL, "refused")));
        }
    }

    static PublishException refusedByAGuardHalfWay(Verb verb) {
        Topic<String, String> topic = topic();
        Map<String, String> guarded = Map.of("topics.%s.guards", "as-told", "topics.%s.value.serializer", "chunks");
        try (Publisher publisher = start(topic, guarded)) {
            // whoever does not wait may find that there are no metadata for its first record
            publisher.publish(Message.of(topic, "k", CONFIDENTIAL)).join();
            return failure(verb.call(publisher, Message.of(topic, "k", CONFIDENTIAL + " refused")));
        }
    }

    static PublishException noSuchPartition(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of("topics.%s.partitions", "3"))) {
            // whoever does not wait is told to try again until it is certain that there is none
            return await().until(
                            () -> failure(verb.call(
                                    publisher,
                                    Message.of(topic, "k", CONFIDENTIAL).withPartition(3))),
                            failure -> !failure.retriable());
        }
    }

    static PublishException tooLargeForTheClient(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of("producer.max.request.size", "1000"))) {
            return failure(verb.call(publisher, Message.of(topic, "k", large(2_000))));
        }
    }

    static PublishException noMetadata(Verb verb) throws Exception {
        PublishException noTopic =
                withoutMetadata(verb, topic(), Map.of("bootstrap.servers", BROKER.bootstrapServers()));
        PublishException mayNotSee = withoutMetadata(verb, securedTopic(), SECURED.clientProperties("milena"));
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        PublishException noBroker = withoutMetadata(verb, topic(), Map.of("bootstrap.servers", "127.0.0.1:" + nobody));
        for (PublishException other : List.of(noTopic, mayNotSee)) {
            assertThat(other.stage()).isEqualTo(noBroker.stage());
            assertThat(other.outcome()).isEqualTo(noBroker.outcome());
            assertThat(other.retriable()).isEqualTo(noBroker.retriable());
        }
        return noBroker;
    }

    private static PublishException withoutMetadata(Verb verb, Topic<?, ?> topic, Map<String, String> connection) {
        Map<String, String> config = config(topic, Map.of("publish.max.wait.ms", "200"));
        config.putAll(connection);
        config.put("topics.management", "off");
        try (Publisher publisher = Kurier.start(config, topic)) {
            return failure(verb.call(publisher, topic, "k", CONFIDENTIAL));
        }
    }

    static PublishException bufferFull(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = startWithFullBuffer(topic)) {
            return failure(verb.call(publisher, second(topic)));
        }
    }

    static PublishException tooMuchInFlight(Verb verb) {
        Topic<String, String> topic = topic();
        Map<String, String> config = Map.of(
                "publish.max.in.flight.messages", "1",
                "producer.linger.ms", "60000",
                "publish.max.wait.ms", "200",
                "close.timeout.ms", "5000");
        try (Publisher publisher = start(topic, config)) {
            assertThat(open(Verb.TRY_PUBLISH, publisher, Message.of(topic, "k", CONFIDENTIAL)))
                    .isNotDone();
            return failure(verb.call(publisher, Message.of(topic, "k", CONFIDENTIAL)));
        }
    }

    static PublishException interrupted(Verb verb) throws InterruptedException {
        Topic<String, String> topic = topic();
        try (Publisher publisher = startWithFullBuffer(topic)) {
            AtomicReference<PublishException> told = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                Thread.currentThread().interrupt();
                told.set(failure(verb.call(publisher, second(topic))));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            caller.join();
            assertThat(flag.get()).as("the interrupt flag").isTrue();
            return requireNonNull(told.get());
        }
    }

    static PublishException closed(Verb verb) {
        Topic<String, String> topic = topic();
        Publisher publisher = start(topic, Map.of());
        publisher.close();
        return failure(verb.call(publisher, Message.of(topic, "k", CONFIDENTIAL)));
    }

    static PublishException authenticationFailure(Verb verb) {
        Topic<String, String> topic = topic();
        Map<String, String> config = config(topic, SECURED.clientProperties("milena"));
        config.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("of-milena", "guessed"));
        config.put("topics.management", "off");
        try (Publisher publisher = Kurier.start(config, topic)) {
            return afterwards(verb, publisher, Message.of(topic, "k", CONFIDENTIAL));
        }
    }

    /** Kafka's producer gets no id, which takes the right to write to any topic. */
    static PublishException mayWriteNowhere(Verb verb) {
        Topic<String, String> topic = securedTopic();
        withdrawAll();
        allow(topic, AclOperation.DESCRIBE);
        try (Publisher publisher = startAsMilena(topic)) {
            return afterwards(verb, publisher, Message.of(topic, "k", CONFIDENTIAL));
        }
    }

    static PublishException mayNotWrite(Verb verb) throws Exception {
        Topic<String, String> topic = securedTopic();
        Topic<String, String> other = securedTopic();
        allow(topic, AclOperation.DESCRIBE);
        allow(other, AclOperation.WRITE); // so that the producer gets its id
        try (Publisher publisher = startAsMilena(topic)) {
            return afterwards(verb, publisher, Message.of(topic, "k", CONFIDENTIAL));
        }
    }

    static PublishException tooLargeForTheBroker(Verb verb) {
        Topic<String, String> topic = topic();
        Map<String, String> config =
                Map.of("topics.%s.config.max.message.bytes", "1000", "producer.compression.type", "none");
        try (Publisher publisher = start(topic, config)) {
            return handedOver(() -> failure(verb.call(publisher, Message.of(topic, "k", large(2_000)))));
        }
    }

    static PublishException poison(Verb verb) {
        Topic<String, String> topic = topic();
        try (Publisher publisher = start(topic, Map.of("topics.%s.config.cleanup.policy", "compact"))) {
            return handedOver(() -> failure(verb.call(publisher, Message.of(topic, null, CONFIDENTIAL))));
        }
    }

    static PublishException poisonNeighbour(Verb verb) {
        Topic<String, String> topic = topic();
        Map<String, String> oneBatch =
                Map.of("topics.%s.config.cleanup.policy", "compact", "producer.linger.ms", "1000");
        try (Publisher publisher = start(topic, oneBatch)) {
            CompletableFuture<Receipt> neighbour = open(verb, publisher, Message.of(topic, "k", CONFIDENTIAL));
            failure(verb.call(publisher, Message.of(topic, null, "no key")));
            return failure(neighbour);
        }
    }

    static PublishException brokerGone(Verb verb) {
        Topic<String, String> topic = topic();
        try (LocalBroker mortal = LocalBroker.start()) {
            Map<String, String> config = config(
                    topic,
                    Map.of(
                            "producer.delivery.timeout.ms", "3000",
                            "producer.request.timeout.ms", "1000",
                            "producer.linger.ms", "2000"));
            config.put("bootstrap.servers", mortal.bootstrapServers());
            try (Publisher publisher = Kurier.start(config, topic)) {
                CompletableFuture<Receipt> open = open(verb, publisher, Message.of(topic, "k", CONFIDENTIAL));
                mortal.close();
                return failure(open);
            }
        }
    }

    /** Kafka's client tells at first that metadata are missing, and why they are only at a later attempt. */
    private static PublishException afterwards(Verb verb, Publisher publisher, Message<?, ?> message) {
        AtomicReference<PublishException> told = new AtomicReference<>();
        await().until(() -> {
            PublishException now = failure(verb.call(publisher, message));
            told.set(now);
            return !now.retriable();
        });
        return requireNonNull(told.get());
    }

    /** One batch of each of two partitions would not fit into the buffer, and the first stays there. */
    private static Publisher startWithFullBuffer(Topic<String, String> topic) {
        Publisher publisher = start(
                topic,
                Map.of(
                        "topics.%s.partitions", "2",
                        "producer.buffer.memory", "65536",
                        "producer.batch.size", "40000",
                        "producer.linger.ms", "60000",
                        "publish.max.wait.ms", "200",
                        "close.timeout.ms", "5000"));
        Message<String, String> first = Message.of(topic, "k", CONFIDENTIAL).withPartition(0);
        assertThat(open(Verb.TRY_PUBLISH, publisher, first)).isNotDone();
        return publisher;
    }

    /** What becomes of a message that Kafka takes: callers who do not wait may be refused for want of metadata, and try again. */
    private static PublishException handedOver(Callable<PublishException> trouble) {
        return await().until(trouble, failure -> failure.outcome() != Outcome.REJECTED);
    }

    /** Likewise one that stays in the producer for a while. */
    private static CompletableFuture<Receipt> open(Verb verb, Publisher publisher, Message<?, ?> message) {
        return await().until(() -> verb.call(publisher, message), future -> !future.isDone());
    }

    private static Message<String, String> second(Topic<String, String> topic) {
        return Message.of(topic, "k", CONFIDENTIAL).withPartition(1);
    }

    private static Topic<String, String> topic() {
        return Topic.of("trouble-" + NAMES.incrementAndGet(), String.class, String.class);
    }

    private static String large(int size) {
        return CONFIDENTIAL.repeat(size / CONFIDENTIAL.length());
    }

    private static Publisher start(Topic<?, ?> topic, Map<String, String> more) {
        return Kurier.start(config(topic, more), topic);
    }

    private static Publisher startAsMilena(Topic<?, ?> topic) {
        Map<String, String> config = config(topic, SECURED.clientProperties("milena"));
        config.put("topics.management", "off");
        return Kurier.start(config, topic);
    }

    private static Map<String, String> config(Topic<?, ?> topic, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                BROKER.bootstrapServers(),
                "topics.management",
                "create",
                "topics." + topic.alias() + ".value.serializer",
                "text"));
        more.forEach((key, value) -> config.put(key.formatted(topic.alias()), value));
        return config;
    }

    private static Topic<String, String> securedTopic() {
        Topic<String, String> topic = topic();
        try (ClusterAdmin admin = ClusterAdmin.connect(SECURED.clientProperties("admin"))) {
            admin.createTopic(topic.alias(), 1);
        }
        return topic;
    }

    private static void withdrawAll() {
        try (ClusterAdmin admin = ClusterAdmin.connect(SECURED.clientProperties("admin"))) {
            admin.deleteAcls(GRANTED);
            GRANTED.clear();
        }
    }

    private static void allow(Topic<?, ?> topic, AclOperation operation) {
        AclBinding binding = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic.alias(), PatternType.LITERAL),
                new AccessControlEntry("User:milena", "*", operation, AclPermissionType.ALLOW));
        try (ClusterAdmin admin = ClusterAdmin.connect(SECURED.clientProperties("admin"))) {
            admin.createAcls(List.of(binding));
            GRANTED.add(binding);
        }
    }
}
