// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The metrics of a publisher's producer, as everyone sees them: in JMX, as attributes of {@code
 * kafka.producer:type=producer-metrics,client-id=...}.
 */
final class ProducerMetrics {
    private final ObjectName name;

    ProducerMetrics(String clientId) {
        try {
            name = new ObjectName("kafka.producer:type=producer-metrics,client-id=" + clientId);
        } catch (JMException e) {
            throw new IllegalArgumentException(clientId, e);
        }
    }

    /** Returns the bytes of all requests so far, before TLS. */
    double outgoingBytes() {
        return read("outgoing-byte-total");
    }

    /** Returns the average size of a batch divided by its size without compression. */
    double compressionRatio() {
        return read("compression-rate-avg");
    }

    private double read(String attribute) {
        try {
            Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
            return ((Number) value).doubleValue();
        } catch (JMException e) {
            throw TuneException.ofRun("Kafka's producer has no metric " + attribute + " in JMX (" + e + ")", e);
        }
    }
}
