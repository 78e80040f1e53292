// SPDX-License-Identifier: Apache-2.0
/**
 * A real Kafka broker in this JVM, for trying and testing.
 *
 * <pre>{@code
 * try (LocalBroker broker = LocalBroker.start()) {
 *     Publisher publisher = Kurier.start(Map.of("bootstrap.servers", broker.bootstrapServers(), ...));
 * }
 * }</pre>
 *
 * <p>It is Kafka's own broker and controller (KRaft) of the version that the BOM names, on 127.0.0.1 only, with a free
 * port and a temporary folder unless {@link io.kurier.broker.LocalBroker#builder()} is told otherwise. Topics are not
 * created by themselves, as on a well-kept cluster. The first start in a JVM takes about two seconds, later ones a
 * fraction of that.
 */
@NullMarked
package io.kurier.broker;

import org.jspecify.annotations.NullMarked;
