// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

/** Opens the way to Kafka for a publisher that starts. Tests put one in its place that needs no broker. */
@FunctionalInterface
public interface TransportFactory {

    /**
     * Connects; what it answers is closed with the publisher.
     *
     * @param config a configuration without problems
     * @throws io.kurier.StartException if the publisher cannot start, with every reason
     */
    Transport connect(TransportConfig config);
}
