// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The whole numbers that a key of Kurier's takes. Unlike Kafka's {@link ConfigDef.Range} it admits the default null, and its ends
 * can be named in an error.
 *
 * @param min the least number allowed
 * @param max the greatest number allowed
 */
record NumberRange(long min, long max) implements ConfigDef.Validator {

    /** The numbers from {@code min} to the end of the type {@code int}. */
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

    /** What is wrong with a number that the range excludes, without its subject. */
    String sentence() {
        return "is not from " + min + " to " + max + ".";
    }

    /** As Kafka's ranges print themselves. */
    @Override
    public String toString() {
        return "[" + min + ",..." + (max == Integer.MAX_VALUE ? "]" : "," + max + "]");
    }
}
