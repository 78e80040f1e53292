// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import io.kurier.core.internal.config.Arguments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * @param properties all properties, for the connector
 */
record ConnectorSettings(
        String name, String className, int maxTasks, boolean toleratesErrors, Map<String, String> properties) {
    static final String NAME = "name";
    static final String CLASS = "connector.class";
    static final String TASKS_MAX = "tasks.max";
    static final String TOLERANCE = "errors.tolerance";

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
        return new ConnectorSettings(
                name,
                className,
                maxTasks(name, properties.getOrDefault(TASKS_MAX, "1").strip(), problems),
                tolerance(name, properties.getOrDefault(TOLERANCE, "none").strip(), problems),
                Map.copyOf(properties));
    }

    private static int maxTasks(String name, String value, List<String> problems) {
        int number = wholeNumber(value);
        if (number < 1) {
            problems.add("connector " + name + ", tasks.max: \"" + Printable.brief(value)
                    + "\" is not a whole number of at least 1.");
        }
        return number;
    }

    private static boolean tolerance(String name, String value, List<String> problems) {
        if (!value.equals("none") && !value.equals("all")) {
            problems.add("connector " + name + ", errors.tolerance: \"" + Printable.brief(value)
                    + "\" is neither none nor all.");
        }
        return value.equals("all");
    }

    /** Returns when the connector and its tasks are started again after a failure. */
    RestartPolicy restarts() {
        return new RestartPolicy(
                Long.parseLong(properties.getOrDefault("restart.backoff.ms", "1000")),
                Long.parseLong(properties.getOrDefault("restart.backoff.max.ms", "60000")),
                Integer.parseInt(properties.getOrDefault("restart.max.attempts", "-1")));
    }

    /** Names the connector only: properties may hold secrets. */
    @Override
    public String toString() {
        return "ConnectorSettings[name=" + name + "]";
    }

    /** Returns the number in the text, or -1 if it is not a whole number. */
    static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Refuses null, which code that is not null-checked may pass. */
    static void checkNoNull(String name, List<Map<String, String>> properties) {
        Objects.requireNonNull(properties, name);
        properties.forEach(ofOne -> Arguments.checkKeys(name, ofOne));
    }
}
