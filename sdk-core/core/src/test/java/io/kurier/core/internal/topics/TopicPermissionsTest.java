// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.StartException;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.config.PublisherConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a start says to a principal that may not do what it asks. */
@Timeout(120)
class TopicPermissionsTest {
    private static final LocalBroker BROKER = LocalBroker.builder()
            .property("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .property("allow.everyone.if.no.acl.found", "true")
            .property("auto.create.topics.enable", "true")
            .start();

    @BeforeAll
    static void forbid() {
        try (ClusterAdmin admin = ClusterAdmin.connect(BROKER.clientProperties())) {
            List.of("hidden", "sealed", "fixed").forEach(topic -> admin.createTopic(topic, 1));
            List<AclBinding> bindings = new ArrayList<>();
            bindings.addAll(allBut("hidden", AclOperation.DESCRIBE));
            bindings.addAll(allBut("never-was", AclOperation.DESCRIBE));
            bindings.addAll(allBut("sealed", AclOperation.DESCRIBE_CONFIGS));
            bindings.addAll(allBut("fixed", AclOperation.ALTER));
            bindings.addAll(allBut("new", AclOperation.CREATE));
            ResourcePattern cluster = new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL);
            bindings.add(binding(cluster, AclOperation.ALL, AclPermissionType.ALLOW));
            bindings.add(binding(cluster, AclOperation.CREATE, AclPermissionType.DENY));
            bindings.add(binding(cluster, AclOperation.DESCRIBE_CONFIGS, AclPermissionType.DENY));
            admin.createAcls(bindings);
        }
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void saysWhatHasToBeGranted() throws IOException {
        StartException error = catchThrowableOfType(
                StartException.class,
                () -> Declared.topics(
                                BROKER.bootstrapServers(), "create", "hidden", "never-was", "sealed", "fixed", "new")
                        .topic("sealed", "partitions=2", "config.retention.ms=1000")
                        .topic("fixed", "partitions=2", "partitions.increase=true")
                        .establish());

        assertThat(error).isNotNull();
        Golden.assertPinned("not-authorized.txt", error);
    }

    @Test
    void startsWithoutLeaveToReadTheBrokersConfigs() {
        assertThat(Declared.topics(BROKER.bootstrapServers(), "verify", "fixed").establish())
                .isEqualTo(Map.of("fixed", 1));
    }

    @Test
    void namesTheRightToReadTheSettingsOfATopic() {
        PublisherConfig config = Declared.at(BROKER.bootstrapServers()).config();
        assertThatThrownBy(() -> TemporaryTopics.settings(config, "sealed", Set.of("retention.ms")))
                .isInstanceOf(StartException.class)
                .hasMessage("the principal may not read the settings of the topic sealed. Grant DESCRIBE and"
                        + " DESCRIBE_CONFIGS on it.");
    }

    private static List<AclBinding> allBut(String topic, AclOperation denied) {
        ResourcePattern pattern = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
        return List.of(
                binding(pattern, AclOperation.ALL, AclPermissionType.ALLOW),
                binding(pattern, denied, AclPermissionType.DENY));
    }

    private static AclBinding binding(ResourcePattern pattern, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(pattern, new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
    }
}
