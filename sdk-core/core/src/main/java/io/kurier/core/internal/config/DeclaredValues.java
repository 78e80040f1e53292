// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** Checks values against a {@link ConfigDef} and reports problems in terms of the user's keys. */
public final class DeclaredValues {
    /** The format in which Kafka's validators of enumerated texts print themselves. */
    private static final Pattern WORDS = Pattern.compile("(?:\\(case insensitive\\) )?\\[([^\\[\\]]+)]");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");
    private static final String KAFKAS_PREFIX = "Invalid value .* for configuration [^:]*: ";

    private DeclaredValues() {}

    /**
     * Checks settings of Kurier's own keys. Unlike in Kafka, {@code true} and {@code false} are valid in lower case
     * only. Missing keys are reported elsewhere.
     *
     * @param definition the declared keys
     * @param byName the settings by the names that the definition uses; those without a usable value are ignored
     * @param problems collects the problems
     * @return the valid values of the definition, parsed, defaults included
     */
    static Map<String, @Nullable Object> checkStrictly(
            ConfigDef definition, Map<String, Setting> byName, Problems problems) {
        Map<String, @Nullable Object> sound = check(definition, byName, null, problems);
        byName.forEach((name, setting) -> {
            Object value = sound.get(name);
            if (value instanceof Boolean && !setting.value().equals(value.toString())) {
                sound.remove(name);
                problems.add(setting, setting.quoted() + " " + notOfType(ConfigDef.Type.BOOLEAN, setting.value()));
            }
        });
        return sound;
    }

    /**
     * Checks settings.
     *
     * @param definition the declared keys
     * @param byName the settings by the names that the definition uses; those without a usable value are ignored
     * @param plugin the choice of the plugin that has these keys, or null if missing keys are reported elsewhere
     * @param problems collects the problems
     * @return the valid values of the definition, parsed, defaults included
     */
    public static Map<String, @Nullable Object> check(
            ConfigDef definition, Map<String, Setting> byName, @Nullable PluginChoice plugin, Problems problems) {
        Map<String, String> values = new LinkedHashMap<>();
        byName.forEach((name, setting) -> {
            if (setting.isUsable()) {
                values.put(name, setting.value());
            }
        });
        Map<String, @Nullable Object> sound = new LinkedHashMap<>();
        for (ConfigValue value : definition.validate(values)) {
            Setting setting = byName.get(value.name());
            ConfigDef.ConfigKey key = definition.configKeys().get(value.name());
            if (key == null || (setting != null && !setting.isUsable())) {
                continue;
            }
            if (value.errorMessages().isEmpty()) {
                sound.put(value.name(), value.value());
            } else if (setting != null) {
                // for a value that cannot be parsed Kafka also reports that it is null
                problems.add(setting, wrong(key, setting, value.errorMessages().get(0)));
            } else if (plugin != null) {
                problems.add(
                        Setting.defective(
                                plugin.prefix() + value.name(), plugin.setting().source(), "missing"),
                        "missing, and it has no default.");
            }
        }
        return sound;
    }

    private static String wrong(ConfigDef.ConfigKey key, Setting setting, String kafkas) {
        boolean secret = setting.isSecret() || key.type() == ConfigDef.Type.PASSWORD;
        String value = secret && setting.variables().isEmpty() ? "the value" : setting.quoted();
        if (setting.value().isEmpty()) {
            return "empty. Set it, or remove the key.";
        }
        if (key.validator instanceof NumberRange range
                && WHOLE_NUMBER.matcher(setting.value()).matches()) {
            return (secret ? value : setting.value()) + " " + range.sentence();
        }
        if (!parses(key, setting)) {
            String notOfType = notOfType(key.type(), setting.value());
            boolean comment = !secret && setting.value().contains(" #");
            return value + " " + notOfType + (comment ? " A comment needs a line of its own." : "");
        }
        List<String> words = words(key);
        if (!words.isEmpty()) {
            return value + " is none of " + String.join(", ", words) + "."
                    + (secret ? "" : Suggestion.question(setting.value(), words));
        }
        String reason = kafkas.replaceFirst("(?s)^" + KAFKAS_PREFIX, "");
        if (secret && !(key.validator instanceof ConfigDef.Range)) {
            return value + " is not valid.";
        }
        return value + ": " + reason.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + reason.substring(1)
                + (reason.endsWith(".") ? "" : ".");
    }

    private static boolean parses(ConfigDef.ConfigKey key, Setting setting) {
        try {
            ConfigDef.parseType(key.name, setting.value(), key.type());
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    private static String notOfType(ConfigDef.Type type, String value) {
        return switch (type) {
            case SHORT -> notANumber(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> notANumber(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> notANumber(value, Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> "is not a number.";
            case BOOLEAN -> "is neither true nor false.";
            case CLASS -> "is not the name of a class on the class path.";
            case STRING, LIST, PASSWORD -> "is not valid.";
        };
    }

    private static String notANumber(String value, long min, long max) {
        return WHOLE_NUMBER.matcher(value).matches()
                ? "is not from " + min + " to " + max + "."
                : "is not a whole number.";
    }

    /**
     * Returns the texts that a validator allows, as Kafka's validators of enumerated texts print themselves; empty for
     * another one.
     */
    private static List<String> words(ConfigDef.ConfigKey key) {
        if (!(key.validator instanceof ConfigDef.ValidString)
                && !(key.validator instanceof ConfigDef.CaseInsensitiveValidString)) {
            return List.of();
        }
        Matcher words = WORDS.matcher(key.validator.toString());
        return words.matches() ? Arrays.stream(words.group(1).split(", ", -1)).toList() : List.of();
    }
}
