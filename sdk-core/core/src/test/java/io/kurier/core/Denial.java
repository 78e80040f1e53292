// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Denies a principal everything while it is open: brokers check each request, so what succeeds then was requested as
 * another principal.
 */
final class Denial implements AutoCloseable {
    private final ClusterAdmin admin;
    private final List<AclBinding> bindings = new ArrayList<>();

    /** Denies one operation on topics, or all operations on everything. */
    Denial(Map<String, String> client, String principal, AclOperation... ofTopics) {
        this.admin = ClusterAdmin.connect(client);
        for (AclOperation operation : ofTopics) {
            deny(ResourceType.TOPIC, "*", principal, operation);
        }
        if (bindings.isEmpty()) {
            deny(ResourceType.TOPIC, "*", principal, AclOperation.ALL);
            deny(ResourceType.TRANSACTIONAL_ID, "*", principal, AclOperation.ALL);
            deny(ResourceType.CLUSTER, "kafka-cluster", principal, AclOperation.ALL);
        }
        admin.createAcls(bindings);
    }

    /** A broker with TLS and these users besides admin, who may all do everything until it is denied. */
    static LocalBroker broker(String... users) {
        LocalBroker.Builder builder = LocalBroker.builder()
                .tls()
                .user("admin", "admin-secret")
                .property("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .property("allow.everyone.if.no.acl.found", "true")
                .property("super.users", "User:admin;User:kurier-broker");
        for (String user : users) {
            builder.user(user, user + "-secret");
        }
        return builder.start();
    }

    /** Where there is one ACL, the others need one that allows them. */
    private void deny(ResourceType type, String name, String principal, AclOperation operation) {
        ResourcePattern resources = new ResourcePattern(type, name, PatternType.LITERAL);
        bindings.add(new AclBinding(
                resources, new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW)));
        bindings.add(new AclBinding(
                resources, new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.DENY)));
    }

    @Override
    public void close() {
        try (admin) {
            admin.deleteAcls(bindings);
        }
    }
}
