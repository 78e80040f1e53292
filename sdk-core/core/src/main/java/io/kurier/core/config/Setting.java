// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

/**
 * One key with its value and the place that set it.
 *
 * @param key the full key, such as {@code topics.orders.partitions}
 * @param value the value as written, without surrounding white space
 * @param source for people: {@code kurier.properties:7} or a module's class and line
 */
public record Setting(String key, String value, String source) {

    /** Leaves the value out: it may be a secret. */
    @Override
    public String toString() {
        return key + " (" + source + ")";
    }
}
