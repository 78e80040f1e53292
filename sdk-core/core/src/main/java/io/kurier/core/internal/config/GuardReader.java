// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of one topic's guards: the plugins with their keys, and the built-in ones that are keys of
 * the topic.
 */
final class GuardReader {
    private final UnconsumedSettings unconsumed;
    private final Problems problems;
    private final ValueParser parser;

    GuardReader(UnconsumedSettings unconsumed, Problems problems) {
        this.unconsumed = unconsumed;
        this.problems = problems;
        this.parser = new ValueParser(problems);
    }

    /**
     * Reads the guards of a topic.
     *
     * @param prefix precedes the topic's keys, with the final dot
     * @param values the topic's keys that their definition checks
     */
    GuardConfig read(String prefix, ParsedKeys values) {
        List<PluginChoice> plugins = plugins(prefix);
        Setting required = unconsumed.consume(prefix + TopicKeys.REQUIRED_HEADERS);
        List<String> headers = words(required, "a header", "a refusal names the header that is missing");
        Setting maxBytes = values.setting(TopicKeys.MAX_RECORD_BYTES);
        Integer max = values.integerOrNull(TopicKeys.MAX_RECORD_BYTES);
        int limit = max == null ? Integer.MAX_VALUE : max;
        long least = headers.stream()
                .mapToLong(name -> name.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (maxBytes != null && least > limit) {
            problems.add(
                    maxBytes,
                    "no record can be so small: the names of the headers in " + prefix + TopicKeys.REQUIRED_HEADERS
                            + " alone take " + least + " bytes. Raise it, or require fewer headers.");
        }
        return new GuardConfig(plugins, headers, values.flag(TopicKeys.KEY_REQUIRED), limit);
    }

    private List<PluginChoice> plugins(String prefix) {
        Setting listed = unconsumed.consume(prefix + TopicKeys.GUARDS);
        List<String> names = words(listed, "a guard", "names of guards are part of keys, and keys are shown");
        Map<String, PluginChoice> byName = new LinkedHashMap<>();
        if (listed != null) {
            // A name may contain dots: the longest ones claim their keys first.
            names.stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .forEach(name -> {
                        String own = prefix + TopicKeys.GUARD_PREFIX + name + ".";
                        byName.put(name, new PluginChoice(listed, name, own, unconsumed.consumePrefix(own)));
                    });
        }
        List<Setting> leftOver = unconsumed.consumePrefix(prefix + TopicKeys.GUARD_PREFIX);
        if (listed == null || (listed.isUsable() && listed.variables().isEmpty())) {
            leftOver.forEach(setting -> unlisted(setting, prefix, names));
        } // otherwise it is not known which of them are listed
        return names.stream().map(byName::get).toList();
    }

    /** Reports a key below {@code guard.} that belongs to no guard of the list. */
    private void unlisted(Setting setting, String prefix, List<String> names) {
        String rest = setting.key().substring(prefix.length() + TopicKeys.GUARD_PREFIX.length());
        String name = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        if (names.contains(name)) {
            problems.add(
                    setting,
                    "a key of the guard " + name + " is to follow. Write " + prefix + TopicKeys.GUARD_PREFIX + name
                            + ".<key>.");
            return;
        }
        String meant = Suggestion.nearest(name, names)
                .map(near ->
                        " Did you mean " + prefix + TopicKeys.GUARD_PREFIX + near + rest.substring(name.length()) + "?")
                .orElse(" If " + name + " is one, add it there.");
        problems.add(
                setting,
                "no such guard is named. Named by " + prefix + TopicKeys.GUARDS + ": "
                        + (names.isEmpty() ? "none" : String.join(", ", names)) + "." + meant);
    }

    private List<String> words(@Nullable Setting listed, String what, String whyNoVariable) {
        if (listed != null && listed.isUsable() && !parser.isWrittenOut(listed, whyNoVariable)) {
            return List.of();
        }
        return parser.list(listed, what + " is empty. Separate them by single commas.", true);
    }
}
