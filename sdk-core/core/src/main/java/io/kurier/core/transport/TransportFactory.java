// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

/** Connects a starting publisher to Kafka. Tests can replace it with one that needs no broker. */
@FunctionalInterface
public interface TransportFactory {

    /**
     * Connects. The returned transport is closed with the publisher.
     *
     * @param config a configuration without problems
     * @throws io.kurier.StartException if the publisher cannot start, with every reason
     */
    Transport connect(TransportConfig config);
}
