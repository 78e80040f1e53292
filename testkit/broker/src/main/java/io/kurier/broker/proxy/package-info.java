// SPDX-License-Identifier: Apache-2.0
/**
 * A bad network between Kafka's clients and a broker, as a test scripts it.
 *
 * <p>A client only goes through a proxy if the broker tells it to: it connects to the address that it is given first,
 * and then to the one that the broker advertises. So the proxy is there first, and the broker advertises its port:
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.start();
 *         LocalBroker broker = LocalBroker.builder().advertisedPort(proxy.port()).start()) {
 *     proxy.target(broker.port());
 *     Map<String, Object> client = Map.of("bootstrap.servers", proxy.address());
 *     ...
 *     proxy.dropAcks(ApiKeys.PRODUCE, 1);
 *     producer.send(record); // is stored, but the producer does not hear of it, and sends it again
 * }
 * }</pre>
 *
 * <p>What can be asked, and what it shows:
 *
 * <ul>
 *   <li>{@code dropAcks}: done, and nobody knows. Does the client tell that from a failure?
 *   <li>{@code dropRequests}: not done, and nobody knows that either.
 *   <li>{@code hold} and {@code release}: a request that arrives when its client has long given it up.
 *   <li>{@code halfClose}, {@code reset}, {@code refuse}: connections that end, and such as never begin.
 *   <li>{@code slice}, {@code latency}, {@code bandwidth}: a slow line.
 *   <li>{@code chance}: a fault now and then, the same again with the same seed.
 * </ul>
 *
 * <p>A test should ask {@code counts} whether its fault has struck at all: a client may have had its answer before. Await
 * it, as in {@code await().until(() -> proxy.held() == 1)}, rather than sleep.
 *
 * <p>To know: Kafka relies on it that answers come in the order of the requests, so nothing is ever lost from the middle
 * of a connection: behind a request or an answer that is dropped, the connection stays silent in that direction. The
 * client notices by its {@code request.timeout.ms}, 30 s unless it is told otherwise, and connects again.
 */
@NullMarked
package io.kurier.broker.proxy;

import org.jspecify.annotations.NullMarked;
