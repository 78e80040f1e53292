// SPDX-License-Identifier: Apache-2.0
/**
 * A real Kafka broker in this JVM.
 *
 * <pre>{@code
 * try (LocalBroker broker = LocalBroker.start()) {
 *     try (ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
 *         admin.createTopic("orders", 3);
 *     }
 * }
 * }</pre>
 *
 * <p>{@link io.kurier.broker.ClusterAdmin} returns when a change is in force, which Kafka's {@code Admin} does not.
 *
 * <p>The first start in a JVM takes about two seconds, later ones a fraction of a second. A broker that keeps its data
 * has a directory, and one that others must find has a fixed port:
 *
 * <pre>{@code
 * LocalBroker.builder().port(9092).directory(Path.of("kafka-data")).start();
 * }</pre>
 *
 * <p>A broker that refuses clients, as one in production does, asks for TLS, for logins, and for ACLs. What a client
 * needs to be let in, it tells as Kafka's own configuration keys:
 *
 * <pre>{@code
 * try (LocalBroker broker = LocalBroker.builder()
 *         .tls()
 *         .user("admin", "admin-secret")
 *         .user("milena", "ink")
 *         .acls("admin")
 *         .start()) {
 *     Map<String, String> milena = broker.clientProperties("milena");
 *     ...
 * }
 * }</pre>
 *
 * <p>To see what a client does when the network or the broker fails, put a {@link io.kurier.broker.proxy.FaultProxy} in
 * between, and kill a {@link io.kurier.broker.BrokerProcess}, which is the same broker in a JVM of its own:
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.start();
 *         BrokerProcess broker = BrokerProcess.builder().advertisedPort(proxy.port()).start()) {
 *     proxy.target(broker.port());
 *     Map<String, Object> client = Map.of("bootstrap.servers", proxy.address());
 *     ...
 *     broker.kill();
 *     broker.restart();
 * }
 * }</pre>
 *
 * <p>Whatever is in the way of a start is told in one line by {@link io.kurier.broker.BrokerStartException}. In tests,
 * let the extension of {@code kurier-testkit} start one broker for all of them.
 *
 * <p>To know: Kafka logs through SLF4J, and this artifact brings no binding, so what you see of it is up to yours. A
 * fatal fault inside Kafka is logged as an error and leaves the JVM running, except one that Kafka offers no handle on:
 * if the disk fails or is full, or the directory is deleted under a running broker, Kafka halts the JVM with status 1.
 */
@NullMarked
package io.kurier.broker;

import org.jspecify.annotations.NullMarked;
