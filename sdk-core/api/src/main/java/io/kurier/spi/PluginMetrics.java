// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Adds metrics of a plugin to those of its publisher, with the publisher's {@code client-id} and the topic as tags.
 * Safe for use by any number of threads; never throws for a metrics reporter that fails.
 */
@FunctionalInterface
public interface PluginMetrics {

    /**
     * Adds a metric that is exposed until it is removed or the publisher is closed. The number of metrics that a plugin
     * adds must be bounded, whatever records there are.
     *
     * @param name such as {@code hot-key-share}
     * @param description one sentence, with the unit
     * @param tags further tags; they must not show keys or values of records
     * @param value read when a reporter reads the metric, on its thread
     * @return removes the metric; a second call has no effect
     */
    Runnable gauge(String name, String description, Map<String, String> tags, DoubleSupplier value);
}
