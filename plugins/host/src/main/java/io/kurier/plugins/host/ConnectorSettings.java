// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import io.kurier.core.internal.config.Arguments;
import io.kurier.plugins.host.internal.deadletters.DeadLetterDestinations;
import io.kurier.plugins.host.internal.records.Retries;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connector's properties. Those that the host itself uses are parsed and checked. Immutable.
 *
 * @param name the connector's name, unique in the host
 * @param className the full or simple name of its class
 * @param maxTasks the maximum number of its tasks, at least 1
 * @param toleratesErrors whether a record that is itself invalid is left out, rather than ending its task
 * @param restarts how a failed task is restarted
 * @param deadLetters where rejected records go, if errors are tolerated
 * @param errorLog whether rejected records are logged
 * @param retries how long a transformation or converter is called again
 * @param exactlyOnce how records are divided into transactions; null if they are published at least once
 * @param properties all properties, for the connector
 */
record ConnectorSettings(
        String name,
        String className,
        int maxTasks,
        boolean toleratesErrors,
        RestartPolicy restarts,
        DeadLetters deadLetters,
        ErrorLog errorLog,
        Retries retries,
        @Nullable ExactlyOnce exactlyOnce,
        Map<String, String> properties) {
    static final String NAME = "name";
    static final String CLASS = "connector.class";

    /**
     * Where rejected records go; at most one of the two is set.
     *
     * @param topic the topic, or null
     * @param file the file, or null
     */
    record DeadLetters(@Nullable String topic, @Nullable Path file) {
        static final DeadLetters NONE = new DeadLetters(null, null);
    }

    /**
     * What is logged of each rejected record.
     *
     * @param enabled whether anything is
     * @param withMessages whether its content is too
     */
    record ErrorLog(boolean enabled, boolean withMessages) {}

    /** Reads the properties of connectors that are to run side by side. */
    static List<ConnectorSettings> read(List<Map<String, String>> connectors, List<String> problems) {
        List<ConnectorSettings> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < connectors.size(); i++) {
            ConnectorSettings settings = read(i + 1, connectors.get(i), problems);
            if (settings == null) {
                continue;
            }
            if (!names.add(settings.name)) {
                problems.add(
                        "connector " + settings.name + ", name: two connectors have it. Give each a name of its own.");
            }
            all.add(settings);
        }
        return all;
    }

    private static @Nullable ConnectorSettings read(
            int position, Map<String, String> properties, List<String> problems) {
        String name = properties.getOrDefault(NAME, "").strip();
        String className = properties.getOrDefault(CLASS, "").strip();
        if (name.isEmpty()) {
            problems.add("connector number " + position + (className.isEmpty() ? "" : " (" + className + ")")
                    + ", name: missing. Give each connector a name of its own.");
        }
        if (className.isEmpty()) {
            problems.add("connector " + (name.isEmpty() ? "number " + position : name)
                    + ", connector.class: missing. Set it to the name of the connector's class.");
        }
        if (name.isEmpty() || className.isEmpty()) {
            return null;
        }
        if (!Printable.of(name).equals(name)) {
            problems.add("connector number " + position + ", name: \"" + Printable.brief(name)
                    + "\" holds characters that are not shown, such as line ends. Choose another.");
            return null;
        }
        Map<String, @Nullable Object> parsed = ConnectorValues.parse(name, properties, problems);
        return new ConnectorSettings(
                name,
                className,
                get(parsed, ConnectorValues.TASKS_MAX, Integer.class),
                get(parsed, ConnectorValues.TOLERANCE, String.class).equals("all"),
                restarts(name, parsed, problems),
                deadLetters(name, properties, problems),
                new ErrorLog(
                        get(parsed, ConnectorValues.LOG, Boolean.class),
                        get(parsed, ConnectorValues.LOG_MESSAGES, Boolean.class)),
                new Retries(get(parsed, Retries.TIMEOUT, Long.class), get(parsed, Retries.MAX_DELAY, Long.class)),
                exactlyOnce(parsed),
                Map.copyOf(properties));
    }

    private static @Nullable ExactlyOnce exactlyOnce(Map<String, @Nullable Object> parsed) {
        if (!get(parsed, ConnectorValues.EXACTLY_ONCE, String.class).equalsIgnoreCase("required")) {
            return null;
        }
        Long interval = (Long) parsed.get(ConnectorValues.BOUNDARY_INTERVAL);
        return new ExactlyOnce(
                ExactlyOnce.Boundary.valueOf(
                        get(parsed, ConnectorValues.BOUNDARY, String.class).toUpperCase(Locale.ROOT)),
                interval == null ? null : Duration.ofMillis(interval));
    }

    private static <T> T get(Map<String, @Nullable Object> parsed, String key, Class<T> type) {
        return type.cast(Objects.requireNonNull(parsed.get(key), key));
    }

    private static RestartPolicy restarts(String name, Map<String, @Nullable Object> parsed, List<String> problems) {
        RestartPolicy restarts = new RestartPolicy(
                get(parsed, ConnectorValues.RESTART_BACKOFF, Long.class),
                get(parsed, ConnectorValues.RESTART_MAX_BACKOFF, Long.class),
                get(parsed, ConnectorValues.RESTART_MAX_ATTEMPTS, Integer.class));
        if (restarts.mostMillis() < restarts.firstMillis()) {
            problems.add("connector " + name + ", " + ConnectorValues.RESTART_MAX_BACKOFF + ": "
                    + restarts.mostMillis() + " is less than " + ConnectorValues.RESTART_BACKOFF + ", "
                    + restarts.firstMillis() + ". Raise it, or lower the other.");
        }
        return restarts;
    }

    private static DeadLetters deadLetters(String name, Map<String, String> properties, List<String> problems) {
        String topic = properties.getOrDefault(DeadLetterDestinations.TOPIC, "").strip();
        String file = properties.getOrDefault(DeadLetterDestinations.FILE, "").strip();
        if (!topic.isEmpty() && !file.isEmpty()) {
            problems.add("connector " + name + ", " + DeadLetterDestinations.FILE + ": " + DeadLetterDestinations.TOPIC
                    + " is set too. Remove one of the two.");
        }
        return new DeadLetters(topic.isEmpty() ? null : topic, file.isEmpty() ? null : path(name, file, problems));
    }

    private static @Nullable Path path(String name, String file, List<String> problems) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            problems.add("connector " + name + ", " + DeadLetterDestinations.FILE + ": \"" + Printable.brief(file)
                    + "\" is not the name of a file: " + Printable.brief(e.getReason()) + ".");
            return null;
        }
    }

    /** Names the connector only: properties may hold secrets. */
    @Override
    public String toString() {
        return "ConnectorSettings[name=" + name + "]";
    }

    /** Refuses null, which code that is not null-checked may pass. */
    static void checkNoNull(String name, List<Map<String, String>> properties) {
        Objects.requireNonNull(properties, name);
        properties.forEach(ofOne -> Arguments.checkKeys(name, ofOne));
    }
}
