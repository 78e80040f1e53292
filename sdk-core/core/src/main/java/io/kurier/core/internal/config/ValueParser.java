// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the values of single keys; one that is not what it must be is a problem, and its default is answered. */
final class ValueParser {
    private final Problems problems;

    ValueParser(Problems problems) {
        this.problems = problems;
    }

    boolean flag(@Nullable Setting setting) {
        if (setting == null || !setting.isUsable()) {
            return false;
        }
        if (!setting.value().equals("true") && !setting.value().equals("false")) {
            problems.add(
                    setting,
                    setting.value().isEmpty()
                            ? "empty. Set it, or remove the key."
                            : setting.quoted() + " is neither true nor false.");
        }
        return setting.value().equals("true");
    }

    long number(@Nullable Setting setting, long min, long max, long defaultValue) {
        if (setting == null || !setting.isUsable()) {
            return defaultValue;
        }
        try {
            long value = Long.parseLong(setting.value());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            boolean comment = setting.variables().isEmpty() && setting.value().contains(" #");
            problems.add(
                    setting,
                    setting.value().isEmpty()
                            ? "empty. Set it, or remove the key."
                            : setting.quoted() + " is not a whole number."
                                    + (comment ? " A comment needs a line of its own." : ""));
            return defaultValue;
        }
        problems.add(
                setting,
                (setting.isSecret() ? setting.quoted() : setting.value()) + " is not from " + min + " to " + max + ".");
        return defaultValue;
    }

    /**
     * The constant whose name is the value, in lower case.
     *
     * @return null if the key is not set or no constant is meant
     */
    <E extends Enum<E>> @Nullable E word(@Nullable Setting setting, Class<E> constants) {
        if (setting == null || !setting.isUsable()) {
            return null;
        }
        List<String> words = Arrays.stream(constants.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int found = words.indexOf(setting.value());
        if (found >= 0) {
            return constants.getEnumConstants()[found];
        }
        problems.add(
                setting,
                setting.value().isEmpty()
                        ? "empty. Set it, or remove the key."
                        : setting.quoted() + " is none of " + String.join(", ", words) + "."
                                + (setting.isSecret() ? "" : Suggestion.question(setting.value(), words)));
        return null;
    }

    @Nullable
    String text(@Nullable Setting setting) {
        if (setting == null || !setting.isUsable()) {
            return null;
        }
        if (setting.value().isEmpty()) {
            problems.add(setting, "empty. Set it, or remove the key.");
            return null;
        }
        return setting.value();
    }
}
