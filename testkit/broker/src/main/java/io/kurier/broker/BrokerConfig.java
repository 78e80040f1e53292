// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kafka.server.KafkaConfig;

/** Kafka's broker properties for one small, fast, local node. */
final class BrokerConfig {
    /** Properties that {@link LocalBroker} sets itself: a change would only break it. */
    private static final Set<String> OURS = Set.of(
            "process.roles",
            "node.id",
            "broker.id",
            "listeners",
            "advertised.listeners",
            "inter.broker.listener.name",
            "controller.listener.names",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers",
            "log.dir",
            "log.dirs",
            "metadata.log.dir");

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry("listener.security.protocol.map", "CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            entry("auto.create.topics.enable", "false"),
            entry("delete.topic.enable", "true"),
            entry("num.partitions", "1"),
            entry("default.replication.factor", "1"),
            entry("min.insync.replicas", "1"),
            // the internal topics: one copy, and one partition where Kafka would make 50, so that the first consumer
            // group or transaction does not wait for 50 logs
            entry("offsets.topic.replication.factor", "1"),
            entry("offsets.topic.num.partitions", "1"),
            entry("transaction.state.log.replication.factor", "1"),
            entry("transaction.state.log.min.isr", "1"),
            entry("transaction.state.log.num.partitions", "1"),
            entry("share.coordinator.state.topic.replication.factor", "1"),
            entry("share.coordinator.state.topic.min.isr", "1"),
            entry("share.coordinator.state.topic.num.partitions", "1"),
            // no other group member is worth waiting for
            entry("group.initial.rebalance.delay.ms", "0"),
            // 128 MiB of heap by default
            entry("log.cleaner.dedupe.buffer.size", "2097152"),
            entry("num.network.threads", "2"),
            entry("num.io.threads", "4"),
            entry("background.threads", "2"),
            // the MBeans of two brokers in one JVM would have the same names
            entry("metric.reporters", ""),
            entry("server.max.startup.time.ms", "60000"));

    private BrokerConfig() {}

    /** Refuses a property that the caller may not set. */
    static void check(String key) {
        if (OURS.contains(key)) {
            throw new IllegalArgumentException("the broker property " + key
                    + " is set by LocalBroker and cannot be changed; ports and directory have methods of their own");
        }
    }

    /**
     * Combines all properties.
     *
     * @param member with the ports of all controllers
     * @param overrides the properties that the caller has set
     * @param secured the properties for TLS, logins and ACLs; empty without them
     */
    static KafkaConfig of(
            ClusterMember member,
            Map<String, String> overrides,
            Map<String, String> secured,
            LoopbackSockets sockets,
            Path directory) {
        Map<String, String> all = new HashMap<>(DEFAULTS);
        all.putAll(overrides);
        secured.forEach((key, value) -> {
            if (overrides.containsKey(key)) {
                throw new BrokerStartException(
                        "the broker property " + key + " is set by tls, user and acls of LocalBroker's builder: leave"
                                + " either them or it out",
                        null);
            }
            all.put(key, value);
        });
        String internal =
                sockets.has(LoopbackSockets.INTERNAL) ? "," + endpoint(sockets, LoopbackSockets.INTERNAL) : "";
        all.put("process.roles", "broker,controller");
        all.put("node.id", String.valueOf(member.nodeId()));
        all.put(
                "listeners",
                endpoint(sockets, LoopbackSockets.CLIENT) + internal + ","
                        + endpoint(sockets, LoopbackSockets.CONTROLLER));
        all.put("advertised.listeners", endpoint(LoopbackSockets.CLIENT, sockets.advertisedPort()) + internal);
        all.put(
                "inter.broker.listener.name",
                sockets.has(LoopbackSockets.INTERNAL) ? LoopbackSockets.INTERNAL : LoopbackSockets.CLIENT);
        all.put("controller.listener.names", LoopbackSockets.CONTROLLER);
        all.put("controller.quorum.voters", member.quorum());
        all.put("log.dirs", directory.toString());
        try {
            return new KafkaConfig(all, false);
        } catch (RuntimeException e) {
            throw new BrokerStartException("the broker's properties are wrong: " + e.getMessage(), e);
        }
    }

    private static String endpoint(LoopbackSockets sockets, String listener) {
        return endpoint(listener, sockets.port(listener));
    }

    private static String endpoint(String listener, int port) {
        return listener + "://" + LoopbackSockets.HOST + ":" + port;
    }
}
