// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change that has returned is in force, however late the brokers learn of it; one that never shows is an error. */
@Timeout(120)
class ClusterAdminTest {
    private static final LocalBroker BROKER =
            LocalBroker.builder().user("root", "toor").acls("root").start();
    private static final Admin REAL = Admin.create(Map.copyOf(BROKER.clientProperties("root")));
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int LATE_MILLIS = 300;

    private final ClusterAdmin honest = ClusterAdmin.over(REAL, LONG);
    private String topic = "";

    @AfterAll
    static void stop() {
        REAL.close();
        BROKER.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        topic = "t" + Integer.toHexString((test.getDisplayName() + test.getTestMethod()).hashCode());
    }

    /** Each kind of change: what has to be there before, the change, whether it is in force, what its error says. */
    enum Change {
        CREATE("UnknownTopicOrPartitionException") {
            @Override
            void prepare(ClusterAdmin admin, String topic) {}

            @Override
            void make(ClusterAdmin admin, String topic) {
                admin.createTopic(topic, 3);
            }

            @Override
            boolean isInForce(String topic) throws Exception {
                return partitions(topic) == 3;
            }
        },
        GROW("has 3 partitions, not 5") {
            @Override
            void make(ClusterAdmin admin, String topic) {
                admin.createPartitions(topic, 5);
            }

            @Override
            boolean isInForce(String topic) throws Exception {
                return partitions(topic) == 5;
            }
        },
        ALTER("retention.ms is 604800000, not 1234") {
            @Override
            void make(ClusterAdmin admin, String topic) {
                admin.alterTopic(topic, Map.of("retention.ms", "1234"));
            }

            @Override
            boolean isInForce(String topic) throws Exception {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                return REAL.describeConfigs(List.of(resource)).all().get().values().stream()
                        .allMatch(config ->
                                "1234".equals(config.get("retention.ms").value()));
            }
        },
        DELETE("has 3 partitions") {
            @Override
            void make(ClusterAdmin admin, String topic) {
                admin.deleteTopic(topic);
            }

            @Override
            boolean isInForce(String topic) throws Exception {
                return partitions(topic) == 0;
            }
        },
        ALLOW("does not describe it") {
            @Override
            void make(ClusterAdmin admin, String topic) {
                admin.createAcls(List.of(acl(topic)));
            }

            @Override
            boolean isInForce(String topic) throws Exception {
                return acls(topic) == 1;
            }
        },
        WITHDRAW("still describes it") {
            @Override
            void prepare(ClusterAdmin admin, String topic) {
                admin.createAcls(List.of(acl(topic)));
            }

            @Override
            void make(ClusterAdmin admin, String topic) {
                admin.deleteAcls(List.of(acl(topic)));
            }

            @Override
            boolean isInForce(String topic) throws Exception {
                return acls(topic) == 0;
            }
        };

        final String error;

        Change(String error) {
            this.error = error;
        }

        void prepare(ClusterAdmin admin, String topic) {
            admin.createTopic(topic, 3);
        }

        abstract void make(ClusterAdmin admin, String topic);

        abstract boolean isInForce(String topic) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void returnsWhenAChangeIsInForceThatTheBrokersLearnLateOf(Change change) throws Exception {
        change.prepare(honest, topic);
        assertThat(change.isInForce(topic)).isFalse();

        change.make(ClusterAdmin.over(LateAdmin.delaying(REAL, LATE_MILLIS), LONG), topic);

        assertThat(change.isInForce(topic)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsMissingIfAChangeNeverShows(Change change) {
        change.prepare(honest, topic);
        ClusterAdmin forgetful = ClusterAdmin.over(LateAdmin.forgetting(REAL), SHORT);

        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> change.make(forgetful, topic))
                .withMessageContaining(topic)
                .withMessageContaining("Kafka accepted the change, and it does not show after 300 ms")
                .withMessageContaining(change.error);
    }

    @Test
    void asksAgainWhereAPartitionIsUnknownAtFirst() {
        AtomicInteger times = new AtomicInteger(2);

        ClusterAdmin.over(LateAdmin.unknown(REAL, times), LONG).createTopic(topic, 1);

        assertThat(times).hasNegativeValue();
    }

    @Test
    void givesUpWhereAPartitionStaysUnknown() {
        ClusterAdmin admin = ClusterAdmin.over(LateAdmin.unknown(REAL, new AtomicInteger(Integer.MAX_VALUE)), SHORT);

        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> admin.createTopic(topic, 1))
                .withMessageContaining("not hosted here: " + topic + "-0")
                .withCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void throwsWhatKafkaRefuses() {
        honest.createTopic(topic, 1);

        assertThatExceptionOfType(TopicExistsException.class).isThrownBy(() -> honest.createTopic(topic, 1));
    }

    @Test
    void endsWithAnInterrupt() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptException.class).isThrownBy(() -> honest.createTopic(topic, 1));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static int partitions(String topic) throws Exception {
        try {
            return REAL.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .mapToInt((TopicDescription found) -> found.partitions().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw e;
        }
    }

    private static int acls(String topic) throws Exception {
        return REAL.describeAcls(acl(topic).toFilter()).values().get().size();
    }

    private static AclBinding acl(String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:milena", "*", AclOperation.READ, AclPermissionType.ALLOW));
    }
}
