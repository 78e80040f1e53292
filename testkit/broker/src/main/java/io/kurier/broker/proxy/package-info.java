// SPDX-License-Identifier: Apache-2.0
/**
 * A faulty network between Kafka's clients and a broker, scripted by a test.
 *
 * <p>A client connects to its bootstrap address first, and then to the address that the broker advertises, so it uses a
 * proxy only if the broker advertises it. So start the proxy first, and let the broker advertise its port:
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.start();
 *         LocalBroker broker = LocalBroker.builder().advertisedPort(proxy.port()).start()) {
 *     proxy.target(broker.port());
 *     Map<String, Object> client = Map.of("bootstrap.servers", proxy.address());
 *     ...
 *     proxy.dropAcks(ApiKeys.PRODUCE, 1);
 *     producer.send(record); // is stored, but not acknowledged: the producer sends it again
 * }
 * }</pre>
 *
 * <p>The faults, and what they test:
 *
 * <ul>
 *   <li>{@code dropAcks}: the request is processed, and the client does not learn of it. Does the client distinguish
 *       that from a failure?
 *   <li>{@code dropRequests}: the request is not processed, and the client does not learn that either.
 *   <li>{@code hold} and {@code release}: a request that arrives long after its client has given it up.
 *   <li>{@code halfClose}, {@code reset}, {@code refuse}: connections that end, or are never established.
 *   <li>{@code slice}, {@code latency}, {@code bandwidth}: a slow line.
 *   <li>{@code chance}: a fault at random, reproducible with the same seed.
 * </ul>
 *
 * <p>A test should check by {@code hits} that its fault has occurred at all: a client may have had its response before.
 * Await it, as in {@code await().until(() -> proxy.held() == 1)}, rather than sleep.
 *
 * <p>Kafka relies on responses in the order of the requests, so nothing is ever lost from the middle of a connection:
 * after a dropped request or response, the connection stays silent in that direction. The client detects it by its
 * {@code request.timeout.ms}, 30 s by default, and connects again.
 */
@NullMarked
package io.kurier.broker.proxy;

import org.jspecify.annotations.NullMarked;
