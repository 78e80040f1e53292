// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * Names the place in a JSON text as a path, such as {@code $.items[3].price}, of names that are declared in code.
 *
 * <p>A map's keys, and properties that a type does not declare, are data like any value: they become {@code *}.
 */
final class JsonPath {
    /** A cycle of objects is as deep as Jackson allows, 1,000; the first few names identify it. */
    private static final int MAX_STEPS = 12;

    private JsonPath() {}

    /**
     * Returns the path that Jackson added to the exception, with a leading " at ", or an empty string if there is none.
     */
    static String of(Throwable thrown, Introspection introspection) {
        if (!(thrown instanceof JacksonException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        List<Reference> steps = mapping.getPath();
        StringBuilder path = new StringBuilder(" at $");
        steps.stream().limit(MAX_STEPS).forEach(step -> path.append(describe(step, introspection)));
        return path.append(steps.size() > MAX_STEPS ? "..." : "").toString();
    }

    private static String describe(Reference step, Introspection introspection) {
        if (step.getIndex() >= 0) {
            return "[" + step.getIndex() + "]";
        }
        String name = step.getPropertyName();
        return name != null && declares(step.from(), name, introspection) ? "." + name : ".*";
    }

    private static boolean declares(@Nullable Object holder, String name, Introspection introspection) {
        if (holder == null || holder instanceof Map) {
            return false;
        }
        Class<?> type = holder instanceof Class<?> itself ? itself : holder.getClass();
        return introspection.describe(type).findProperties().stream()
                .map(BeanPropertyDefinition::getName)
                .anyMatch(name::equals);
    }
}
