// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The whole numbers that one of Kurier's keys accepts. Unlike Kafka's {@link ConfigDef.Range} it accepts the default
 * null, and its bounds can be named in an error.
 *
 * @param min the least number allowed
 * @param max the greatest number allowed
 */
record NumberRange(long min, long max) implements ConfigDef.Validator {

    /** Returns the numbers from {@code min} to the maximum of the type {@code int}. */
    static NumberRange from(int min) {
        return new NumberRange(min, Integer.MAX_VALUE);
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value != null) {
            long number = ((Number) value).longValue();
            if (number < min || number > max) {
                throw new ConfigException(name, value, sentence());
            }
        }
    }

    /** Returns the sentence for a number that the range excludes, without its subject. */
    String sentence() {
        return "is not from " + min + " to " + max + ".";
    }

    /** Returns the format in which Kafka's ranges print themselves. */
    @Override
    public String toString() {
        return "[" + min + ",..." + (max == Integer.MAX_VALUE ? "]" : "," + max + "]");
    }
}
