// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Which lines make one record. Immutable.
 *
 * @param pattern searched for in a line
 * @param begins whether a line with the pattern begins a record; otherwise it continues the one before it
 * @param maxLines the maximum number of lines of a record
 */
record Multiline(Pattern pattern, boolean begins, int maxLines) {

    static final String PATTERN = "multiline.pattern";
    static final String MATCH = "multiline.match";
    static final String MAX_LINES = "multiline.max.lines";

    private static final String CONTINUES = "continues";
    private static final String BEGINS = "begins";

    static void define(ConfigDef keys) {
        keys.define(
                        PATTERN,
                        ConfigDef.Type.STRING,
                        "",
                        new ValidPattern(),
                        Importance.MEDIUM,
                        "A regular expression by which several lines become one record, with a line feed between them;"
                                + " it is searched for in each line. Without it every line is a record.")
                .define(
                        MATCH,
                        ConfigDef.Type.STRING,
                        CONTINUES,
                        CaseInsensitiveValidString.in(CONTINUES, BEGINS),
                        Importance.MEDIUM,
                        "What a line with multiline.pattern does: it continues the record before it, or it begins a"
                                + " record, which goes up to the next such line.")
                .define(
                        MAX_LINES,
                        ConfigDef.Type.INT,
                        1_000,
                        Range.atLeast(2),
                        Importance.LOW,
                        "How many lines a record has at most; the next line begins another record.");
    }

    /** Returns the configured rule; null if every line is a record. */
    static @Nullable Multiline of(String pattern, String match, int maxLines) {
        return pattern.isEmpty()
                ? null
                : new Multiline(
                        Pattern.compile(pattern), match.toLowerCase(Locale.ROOT).equals(BEGINS), maxLines);
    }

    /** Returns whether a line belongs to the record before it. */
    boolean continues(String line) {
        return pattern.matcher(line).find() != begins;
    }

    /** Checks {@code multiline.pattern}. */
    private static final class ValidPattern implements ConfigDef.Validator {
        @Override
        public void ensureValid(String key, @Nullable Object value) {
            try {
                Pattern.compile(String.valueOf(value));
            } catch (PatternSyntaxException e) {
                throw new ConfigException(
                        key,
                        value,
                        "is no regular expression: " + e.getDescription()
                                + ". In a properties file write every backslash twice.");
            }
        }

        @Override
        public String toString() {
            return "a regular expression";
        }
    }
}
