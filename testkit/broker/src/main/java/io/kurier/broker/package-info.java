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
 * <p>{@link io.kurier.broker.ClusterAdmin} returns when a change is in force; Kafka's {@code Admin} returns earlier.
 *
 * <p>The first start in a JVM takes about two seconds, later ones a fraction of a second. To keep its data, give a
 * broker a directory; to let other processes find it, give it a fixed port:
 *
 * <pre>{@code
 * LocalBroker.builder().port(9092).directory(Path.of("kafka-data")).start();
 * }</pre>
 *
 * <p>A broker can require TLS, logins and ACLs, as one in production does. It returns what a client needs to connect as
 * Kafka's own configuration keys:
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
 * <p>To test a client when the network or the broker fails, put a {@link io.kurier.broker.proxy.FaultProxy} in between,
 * and kill a {@link io.kurier.broker.BrokerProcess}, which is the same broker in a JVM of its own:
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
 * <p>If a start fails, the message of {@link io.kurier.broker.BrokerStartException} gives the cause in one line. In
 * tests, let the extension of {@code kurier-testkit} start one broker for all of them.
 *
 * <p>Kafka logs through SLF4J, and this artifact brings no binding, so your binding decides what is logged. A fatal
 * fault inside Kafka is logged as an error and leaves the JVM running, with one exception that Kafka does not allow to
 * be handled: if the disk fails or is full, or the directory is deleted under a running broker, Kafka halts the JVM
 * with status 1.
 */
@NullMarked
package io.kurier.broker;

import org.jspecify.annotations.NullMarked;
