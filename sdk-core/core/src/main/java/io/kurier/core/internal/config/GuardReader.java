// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is said of one topic's guards: the plugins with their keys, and those that are keys of the topic. */
final class GuardReader {
    static final String GUARDS = "guards";
    static final String REQUIRED_HEADERS = "required.headers";
    static final String KEY_REQUIRED = "key.required";
    static final String MAX_RECORD_BYTES = "max.record.bytes";

    /** What stands before the name of a guard plugin and its own keys. */
    static final String PLUGIN = "guard.";

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
     * @param prefix what stands before the topic's keys, with the final dot
     */
    GuardConfig read(String prefix) {
        List<PluginChoice> plugins = plugins(prefix);
        Setting required = unconsumed.consume(prefix + REQUIRED_HEADERS);
        List<String> headers = words(required, "a header", "a refusal names the header that is missing");
        boolean keyRequired = parser.flag(unconsumed.consume(prefix + KEY_REQUIRED));
        Setting maxBytes = unconsumed.consume(prefix + MAX_RECORD_BYTES);
        int limit = (int) parser.number(maxBytes, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        long least = headers.stream()
                .mapToLong(name -> name.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (maxBytes != null && least > limit) {
            problems.add(
                    maxBytes,
                    "no record can be so small: the names of the headers in " + prefix + REQUIRED_HEADERS
                            + " alone take " + least + " bytes. Raise it, or require fewer headers.");
        }
        return new GuardConfig(plugins, headers, keyRequired, limit);
    }

    private List<PluginChoice> plugins(String prefix) {
        Setting listed = unconsumed.consume(prefix + GUARDS);
        List<String> names = words(listed, "a guard", "names of guards are part of keys, and keys are shown");
        Map<String, PluginChoice> byName = new LinkedHashMap<>();
        if (listed != null) {
            // A name may contain dots: the longest ones claim their keys first.
            names.stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .forEach(name -> {
                        String own = prefix + PLUGIN + name + ".";
                        byName.put(name, new PluginChoice(listed, name, own, unconsumed.consumePrefix(own)));
                    });
        }
        List<Setting> leftOver = unconsumed.consumePrefix(prefix + PLUGIN);
        if (listed == null || (listed.isUsable() && listed.variables().isEmpty())) {
            leftOver.forEach(setting -> unlisted(setting, prefix, names));
        } // else it cannot be said which of them are listed
        return names.stream().map(byName::get).toList();
    }

    /** A key below {@code guard.} that belongs to no guard of the list. */
    private void unlisted(Setting setting, String prefix, List<String> names) {
        String rest = setting.key().substring(prefix.length() + PLUGIN.length());
        String name = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        if (names.contains(name)) {
            problems.add(
                    setting,
                    "a key of the guard " + name + " is to follow. Write " + prefix + PLUGIN + name + ".<key>.");
            return;
        }
        String meant = Suggestion.nearest(name, names)
                .map(near -> " Did you mean " + prefix + PLUGIN + near + rest.substring(name.length()) + "?")
                .orElse(" If " + name + " is one, add it there.");
        problems.add(
                setting,
                "no such guard is named. Named by " + prefix + GUARDS + ": "
                        + (names.isEmpty() ? "none" : String.join(", ", names)) + "." + meant);
    }

    /** Words separated by commas, each of them once; what is wrong is left out. */
    private List<String> words(@Nullable Setting listed, String what, String whyNoVariable) {
        List<String> words = new ArrayList<>();
        if (listed == null || !listed.isUsable()) {
            return words;
        }
        if (!listed.variables().isEmpty()) {
            problems.add(listed, "cannot hold a variable: " + whyNoVariable + ". Write them out.");
            return words;
        }
        if (listed.value().isEmpty()) {
            problems.add(listed, "empty. Set it, or remove the key.");
            return words;
        }
        for (String part : listed.value().split(",", -1)) {
            String word = part.strip();
            if (word.isEmpty()) {
                problems.add(listed, what + " is empty. Separate them by single commas.");
            } else if (words.contains(word)) {
                problems.add(listed, "\"" + word + "\" is named twice. Keep one of them.");
            } else {
                words.add(word);
            }
        }
        return words;
    }
}
