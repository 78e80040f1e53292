// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.Map;
import java.util.Objects;

/**
 * Refuses null in arguments of callers outside null-checked code, with the argument's name and before anything is
 * changed.
 */
public final class Arguments {
    private Arguments() {}

    /** Checks that a map is not null, and that none of its keys and values is null. */
    public static void checkKeys(String name, Map<String, String> keys) {
        Objects.requireNonNull(keys, name);
        keys.forEach((key, value) -> {
            Objects.requireNonNull(key, name + ": a key is null");
            if (value == null) {
                throw new NullPointerException(name + ": the value of " + key + " is null");
            }
        });
    }

    /** Checks that an array is not null and has no null elements. */
    public static void checkElements(String name, Object[] elements) {
        Objects.requireNonNull(elements, name);
        for (Object element : elements) {
            Objects.requireNonNull(element, name + ": one is null");
        }
    }
}
