// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of Kurier's own keys: one of Kafka's {@link ConfigDef}, and for each key without a default the text
 * that describes its absence, for which a {@code ConfigDef} has no place. The keys are in the order of their
 * definitions. Immutable once a class has defined its keys.
 *
 * <p>Most keys are checked and parsed by their definition alone ({@link #read}). The others, which {@code describe}
 * adds, are claimed by a reader of their own, since their values name plugins, topics or folders.
 */
public final class KeyDefinitions {
    private final String prefix;
    private final ConfigDef definition = new ConfigDef();
    private final Map<String, String> unset = new LinkedHashMap<>();
    private final Set<String> checked = new LinkedHashSet<>();

    /**
     * Creates an empty set of definitions.
     *
     * @param prefix precedes each key in descriptions, such as {@code topics.<alias>.}
     */
    KeyDefinitions(String prefix) {
        this.prefix = prefix;
    }

    /** Defines a key whose value is true or false; its default is false. */
    KeyDefinitions flag(String name, String documentation) {
        return check(name, Type.BOOLEAN, false, null, documentation);
    }

    /** Defines a key whose value is a whole number. */
    KeyDefinitions number(String name, @Nullable Integer defaultValue, NumberRange range, String documentation) {
        return check(name, Type.INT, defaultValue, range, documentation);
    }

    /** Defines a key whose value is a text that is not empty. */
    KeyDefinitions text(String name, @Nullable String defaultValue, String documentation) {
        return check(name, Type.STRING, defaultValue, new ConfigDef.NonEmptyString(), documentation);
    }

    /** Defines a key whose value is the name of a constant, in lower case. */
    <E extends Enum<E>> KeyDefinitions constant(String name, E defaultValue, String documentation) {
        String[] words = Arrays.stream(defaultValue.getDeclaringClass().getEnumConstants())
                .map(KeyDefinitions::word)
                .toArray(String[]::new);
        return check(name, Type.STRING, word(defaultValue), ConfigDef.ValidString.in(words), documentation);
    }

    /** Describes a key that must be set and has a reader of its own. */
    KeyDefinitions describeRequired(String name, Type type, String documentation) {
        definition.define(name, type, Importance.HIGH, documentation);
        return this;
    }

    /** Describes a key that has a reader of its own. */
    KeyDefinitions describe(String name, Type type, @Nullable Object defaultValue, String documentation) {
        definition.define(name, type, defaultValue, Importance.MEDIUM, documentation);
        return this;
    }

    /** Sets the text that describes the absence of a key without a default. */
    KeyDefinitions unset(String name, String words) {
        unset.put(name, words);
        return this;
    }

    private KeyDefinitions check(
            String name,
            Type type,
            @Nullable Object defaultValue,
            ConfigDef.@Nullable Validator validator,
            String documentation) {
        definition.define(name, type, defaultValue, validator, Importance.MEDIUM, documentation);
        checked.add(name);
        return this;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns all keys, without their prefix. */
    public Set<String> names() {
        return definition.names();
    }

    /** Returns the descriptions of all keys. */
    public List<KeyDescription> descriptions() {
        return definition.configKeys().values().stream()
                .map(key -> KeyDescription.of(prefix, key, unset.get(key.name)))
                .toList();
    }

    /**
     * Returns the effective value of a key that is not set: its default, or the text for its absence; null if there is
     * neither.
     */
    public @Nullable String shownDefault(String name) {
        ConfigDef.ConfigKey key = definition.configKeys().get(name);
        return key == null || !key.hasDefault() || key.defaultValue == null
                ? unset.get(name)
                : ConfigDef.convertToString(key.defaultValue, key.type);
    }

    /**
     * Claims the settings of the keys that their definition checks, and parses them.
     *
     * @param actualPrefix precedes each key in the settings
     * @param unconsumed has the settings
     * @param problems collects the problems
     */
    ParsedKeys read(String actualPrefix, UnconsumedSettings unconsumed, Problems problems) {
        Map<String, Setting> set = new LinkedHashMap<>();
        for (String name : checked) {
            Setting setting = unconsumed.consume(actualPrefix + name);
            if (setting != null) {
                set.put(name, setting);
            }
        }
        Map<String, @Nullable Object> sound = DeclaredValues.checkStrictly(definition, set, problems);
        sound.keySet().retainAll(checked);
        return new ParsedKeys(definition, checked, set, sound);
    }
}
