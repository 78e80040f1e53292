// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * The values of keys that {@link KeyDefinitions} check. A key that is not set, or whose value is invalid, has its
 * default. Immutable.
 *
 * <p>Each method takes the name of a key without its prefix, and throws {@link IllegalArgumentException} if no
 * definition checks that key.
 */
public final class ParsedKeys {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, Setting> set;
    private final Set<String> sound;

    /**
     * Creates parsed keys.
     *
     * @param definition has the defaults
     * @param names the keys
     * @param set the settings of those that are set
     * @param sound the valid values
     */
    ParsedKeys(ConfigDef definition, Set<String> names, Map<String, Setting> set, Map<String, @Nullable Object> sound) {
        for (String name : names) {
            values.put(
                    name,
                    sound.containsKey(name)
                            ? sound.get(name)
                            : definition.defaultValues().get(name));
        }
        this.set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        this.sound = Set.copyOf(sound.keySet());
    }

    /** Returns the number of a key, or null if it is not set and has no default. */
    public @Nullable Integer integerOrNull(String name) {
        return (Integer) value(name);
    }

    /** Returns the number of a key that has a default. */
    public int integer(String name) {
        return present(name, integerOrNull(name));
    }

    /** Returns the duration of a key in milliseconds that has a default. */
    public Duration millis(String name) {
        return Duration.ofMillis(integer(name));
    }

    /** Returns whether a key is true. */
    public boolean flag(String name) {
        return (Boolean) present(name, value(name));
    }

    /** Returns the text of a key, or null if it is not set and has no default. */
    public @Nullable String text(String name) {
        return (String) value(name);
    }

    /** Returns the constant whose name, in lower case, is the value of a key that has a default. */
    public <E extends Enum<E>> E constant(String name, Class<E> constants) {
        return Enum.valueOf(constants, ((String) present(name, value(name))).toUpperCase(Locale.ROOT));
    }

    /** Returns whether a key is not set, or is set to a valid value. */
    boolean isSound(String name) {
        value(name);
        return sound.contains(name);
    }

    /** Returns the setting of a key, or null if it is not set. */
    @Nullable
    Setting setting(String name) {
        value(name);
        return set.get(name);
    }

    private @Nullable Object value(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException(name + " is not a key that its definition checks");
        }
        return values.get(name);
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " has no default");
        }
        return value;
    }

    /** Omits the values: a config provider may have returned them. */
    @Override
    public String toString() {
        return "ParsedKeys" + set.keySet();
    }
}
