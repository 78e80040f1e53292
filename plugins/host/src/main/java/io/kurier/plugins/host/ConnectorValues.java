// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static java.util.Map.entry;

import io.kurier.Printable;
import io.kurier.plugins.host.internal.records.Retries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** The keys with a value of a fixed form that are the host's or a Connect worker's, and not the connector's. */
final class ConnectorValues {
    static final String TASKS_MAX = "tasks.max";
    static final String TOLERANCE = "errors.tolerance";
    static final String LOG = "errors.log.enable";
    static final String LOG_MESSAGES = "errors.log.include.messages";
    static final String EXACTLY_ONCE = "exactly.once.support";
    static final String BOUNDARY = "transaction.boundary";
    static final String BOUNDARY_INTERVAL = "transaction.boundary.interval.ms";
    static final String RESTART_BACKOFF = "restart.backoff.ms";
    static final String RESTART_MAX_BACKOFF = "restart.backoff.max.ms";
    static final String RESTART_MAX_ATTEMPTS = "restart.max.attempts";

    private static final String WITHOUT_EFFECT = "Has no effect here.";

    private static final ConfigDef DEFINITION = Retries.define(new ConfigDef())
            .define(TASKS_MAX, Type.INT, 1, Range.atLeast(1), Importance.HIGH, "The maximum number of tasks.")
            .define(
                    TOLERANCE,
                    Type.STRING,
                    "none",
                    ValidString.in("none", "all"),
                    Importance.MEDIUM,
                    "Whether a rejected record fails its task.")
            .define(LOG, Type.BOOLEAN, false, Importance.MEDIUM, "Whether rejected records are logged.")
            .define(LOG_MESSAGES, Type.BOOLEAN, false, Importance.MEDIUM, "Whether with their content.")
            .define(RESTART_BACKOFF, Type.LONG, 1_000L, Range.atLeast(1), Importance.LOW, "The first pause.")
            .define(RESTART_MAX_BACKOFF, Type.LONG, 60_000L, Range.atLeast(1), Importance.LOW, "The longest pause.")
            .define(
                    RESTART_MAX_ATTEMPTS,
                    Type.INT,
                    -1,
                    Range.atLeast(-1),
                    Importance.LOW,
                    "The maximum number of restarts in a row.")
            .define("tasks.max.enforce", Type.BOOLEAN, true, Importance.LOW, WITHOUT_EFFECT)
            .define(
                    "config.action.reload",
                    Type.STRING,
                    "restart",
                    ValidString.in("none", "restart"),
                    Importance.LOW,
                    WITHOUT_EFFECT)
            .define(
                    EXACTLY_ONCE,
                    Type.STRING,
                    "requested",
                    CaseInsensitiveValidString.in("requested", "required"),
                    Importance.MEDIUM,
                    "Whether records and offsets are in one transaction.")
            .define(
                    BOUNDARY,
                    Type.STRING,
                    "poll",
                    CaseInsensitiveValidString.in("poll", "interval", "connector"),
                    Importance.MEDIUM,
                    "What ends a transaction.")
            .define(
                    BOUNDARY_INTERVAL,
                    Type.LONG,
                    null,
                    ConnectorValues::unsetOrFromOne,
                    Importance.LOW,
                    "How long a transaction lasts that ends by time.");

    private static final String FLAG = "is neither true nor false.";
    private static final String FROM_ONE = "is not a whole number of at least 1.";
    private static final String OR_ENDLESS = "is neither a whole number of at least 0 nor -1, for without end.";

    /** What is wrong with an invalid value. */
    private static final Map<String, String> WRONG = Map.ofEntries(
            entry(TASKS_MAX, FROM_ONE),
            entry(TOLERANCE, "is neither none nor all."),
            entry(LOG, FLAG),
            entry(LOG_MESSAGES, FLAG),
            entry(Retries.TIMEOUT, OR_ENDLESS),
            entry(Retries.MAX_DELAY, "is not a whole number of at least 0."),
            entry(RESTART_BACKOFF, FROM_ONE),
            entry(RESTART_MAX_BACKOFF, FROM_ONE),
            entry(RESTART_MAX_ATTEMPTS, OR_ENDLESS),
            entry("tasks.max.enforce", FLAG),
            entry("config.action.reload", "is neither none nor restart."),
            entry(EXACTLY_ONCE, "is neither requested nor required."),
            entry(BOUNDARY, "is none of poll, interval and connector."),
            entry(BOUNDARY_INTERVAL, FROM_ONE));

    private ConnectorValues() {}

    private static void unsetOrFromOne(String key, @Nullable Object value) {
        if (value != null) {
            Range.atLeast(1).ensureValid(key, value);
        }
    }

    /** Returns the keys. */
    static Set<String> names() {
        return DEFINITION.names();
    }

    /** Returns the parsed values, and the default for each key that is not set or has an invalid value. */
    static Map<String, @Nullable Object> parse(
            String connector, Map<String, String> properties, List<String> problems) {
        Map<String, @Nullable Object> parsed = new LinkedHashMap<>();
        for (ConfigValue value : DEFINITION.validate(properties)) {
            ConfigDef.ConfigKey key = DEFINITION.configKeys().get(value.name());
            if (key == null) {
                continue;
            }
            boolean valid = value.errorMessages().isEmpty();
            parsed.put(key.name, valid ? value.value() : key.defaultValue);
            if (!valid) {
                problems.add("connector " + connector + ", " + key.name + ": \""
                        + Printable.brief(properties.getOrDefault(key.name, "").strip()) + "\" "
                        + WRONG.get(key.name));
            }
        }
        return parsed;
    }
}
