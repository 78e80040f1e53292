// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.StartException;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.server.policy.CreateTopicPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The words of a start that topics have ended, as files that a person can read. */
@Timeout(120)
class TopicErrorsTest {
    private static final LocalBroker BROKER = LocalBroker.builder()
            .property("create.topic.policy.class.name", NoTemporaryTopics.class.getName())
            .start();

    @BeforeAll
    static void createTopics() {
        try (ClusterAdmin admin = ClusterAdmin.connect(BROKER.clientProperties())) {
            admin.createTopics(List.of(
                    new NewTopic("orders", 3, (short) 1).configs(Map.of("retention.ms", "604800000")),
                    new NewTopic("shop.clicks", 6, (short) 1)));
        }
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void nothingDeclaredIsMissing() throws IOException {
        assertPinned("missing.txt", declare("verify", "returns"));
    }

    @Test
    void aMissingTopicShowsWhatIsDeclared() throws IOException {
        assertPinned(
                "missing-with-declaration.txt",
                declare("verify", "returns")
                        .topic(
                                "returns",
                                "name=shop.returns",
                                "partitions=6",
                                "replication.factor=3",
                                "config.retention.ms=1000"));
    }

    @Test
    void oneDriftIsOneLine() throws IOException {
        assertPinned(
                "one-drift.txt",
                declare("verify", "orders").topic("orders", "partitions=3", "config.retention.ms=86400000"));
    }

    @Test
    void fewerPartitionsThanDeclaredNameTheKeyThatRaisesThem() throws IOException {
        assertPinned("fewer-verify.txt", declare("verify", "orders").topic("orders", "partitions=6"));
        assertPinned("fewer-create.txt", declare("create", "orders").topic("orders", "partitions=6"));
        assertPinned(
                "fewer-increase-in-verify.txt",
                declare("verify", "orders").topic("orders", "partitions=6", "partitions.increase=true"));
    }

    @Test
    void morePartitionsThanDeclaredCannotBeMended() throws IOException {
        assertPinned(
                "more.txt", declare("create", "orders").topic("orders", "partitions=2", "partitions.increase=true"));
    }

    @Test
    void allThatDiffersIsOneError() throws IOException {
        assertPinned(
                "several.txt",
                declare("verify", "orders", "returns", "clicks")
                        .topic("clicks", "name=shop.clicks", "partitions=12", "replication.factor=3")
                        .topic(
                                "orders",
                                "partitions=6",
                                "replication.factor=3",
                                "config.retention.ms=86400000",
                                "config.cleanup.policy=compact",
                                "config.retention.size=1"));
    }

    @Test
    void whatTheClusterRefusesToCreateIsOneErrorWithWhatDiffers() throws IOException {
        assertPinned(
                "create-refused.txt",
                declare(
                                "create",
                                "orders",
                                "replicas",
                                "value",
                                "type",
                                "unknown",
                                "tmp-1",
                                "partitions",
                                "shop_clicks")
                        .topic("orders", "partitions=2")
                        .topic("replicas", "replication.factor=3")
                        .topic("value", "config.retention.ms=-7")
                        .topic("type", "config.retention.ms=a week", "config.cleanup.policy=delete")
                        .topic("unknown", "config.no.such.config=1"));
    }

    @Test
    void moreThanTheClusterCreatesAtOnceIsRefused() throws IOException {
        assertPinned("create-too-many.txt", declare("create", "many").topic("many", "partitions=1000000"));
    }

    private static Declared declare(String management, String... names) {
        return Declared.topics(BROKER.bootstrapServers(), management, names);
    }

    private static void assertPinned(String file, Declared declared) throws IOException {
        StartException error = catchThrowableOfType(StartException.class, declared::establish);
        assertThat(error).as(file).isNotNull();
        Golden.assertPinned(file, error);
    }

    /** A policy as an operator may have one. */
    public static final class NoTemporaryTopics implements CreateTopicPolicy {

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void validate(RequestMetadata topic) {
            if (topic.topic().startsWith("tmp")) {
                throw new PolicyViolationException("temporary topics are made by their own team");
            }
        }

        @Override
        public void close() {}
    }
}
