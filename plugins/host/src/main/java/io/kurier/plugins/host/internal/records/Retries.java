// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * How long a transformation or converter that failed by a retriable exception is called again.
 *
 * @param timeoutMillis for how long, in milliseconds from the first call; 0 for not at all, -1 for ever
 * @param maxDelayMillis the maximum pause between two calls, in milliseconds
 */
public record Retries(long timeoutMillis, long maxDelayMillis) {
    /** The key of the time. */
    public static final String TIMEOUT = "errors.retry.timeout";

    /** The key of the pause. */
    public static final String MAX_DELAY = "errors.retry.delay.max.ms";

    private static final ConfigDef DEFINITION = define(new ConfigDef());

    /** Adds the keys to a definition, which it returns. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(TIMEOUT, Type.LONG, 0L, ConfigDef.Range.atLeast(-1), Importance.MEDIUM, "How long.")
                .define(MAX_DELAY, Type.LONG, 60_000L, ConfigDef.Range.atLeast(0), Importance.MEDIUM, "The pause.");
    }

    /** Returns the values of a connector's properties; the defaults if they are invalid, which is reported elsewhere. */
    static Retries of(Map<String, String> properties) {
        try {
            return ofParsed(DEFINITION.parse(properties));
        } catch (ConfigException e) {
            return ofParsed(DEFINITION.defaultValues());
        }
    }

    private static Retries ofParsed(Map<String, ?> parsed) {
        return new Retries((Long) Objects.requireNonNull(parsed.get(TIMEOUT)), (Long)
                Objects.requireNonNull(parsed.get(MAX_DELAY)));
    }
}
