// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.Printable;
import io.kurier.core.config.ResolvedKey;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key with its value and the place that set it.
 *
 * @param key the full key, such as {@code topics.orders.partitions}
 * @param value the value, without surrounding white space
 * @param source for people: {@code kurier.properties:7} or a module's class and line
 * @param variables the variables that a config provider has replaced, as written, such as {@code ${env:PASSWORD}}
 * @param defect why the value cannot be used, which is already reported as a problem; null if it can
 * @param file the properties file that holds it, from which it can be read again; null if code has set it
 */
public record Setting(
        String key,
        String value,
        String source,
        List<String> variables,
        @Nullable String defect,
        @Nullable Path file) {

    /** Makes its parts immutable. */
    public Setting {
        variables = List.copyOf(variables);
    }

    /** Creates a setting as written. */
    public Setting(String key, String value, String source) {
        this(key, value, source, List.of(), null, null);
    }

    /** Returns a setting whose value cannot be used, with the sentence that explains why. */
    static Setting defective(String key, String source, String defect) {
        return new Setting(key, "", source, List.of(), defect, null);
    }

    Setting withValue(String newValue, List<String> fromVariables) {
        return new Setting(key, newValue, source, fromVariables, null, file);
    }

    Setting withDefect(String why) {
        return new Setting(key, "", source, variables, why, file);
    }

    Setting in(Path properties) {
        return new Setting(key, value, source, variables, defect, properties);
    }

    /** Returns whether the value can be used. */
    public boolean isUsable() {
        return defect == null;
    }

    /**
     * Returns whether the value is never shown: its key is that of a secret, it is an address with a user in it, or a
     * config provider has returned it.
     */
    public boolean isSecret() {
        return !variables.isEmpty() || SecretKeys.isSecret(key) || SecretKeys.hasUserInfo(value);
    }

    /** Returns the value for a sentence: in quotes, or a text in place of a secret. */
    public String quoted() {
        if (!variables.isEmpty()) {
            return "the value of " + Printable.of(String.join(", ", variables));
        }
        return isSecret() ? "the value" : "\"" + Printable.brief(value) + "\"";
    }

    /**
     * Returns the value for a sentence without quotes: the variables if a config provider returned it, or a text in
     * place of a secret.
     */
    public String shown() {
        if (!variables.isEmpty()) {
            return Printable.of(String.join(", ", variables));
        }
        return isSecret() ? ResolvedKey.HIDDEN : Printable.brief(value);
    }

    /** Omits the value: it may be a secret. */
    @Override
    public String toString() {
        return Printable.brief(key) + " (" + Printable.of(source) + ")";
    }
}
