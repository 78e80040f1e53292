// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.Printable;
import io.kurier.StartException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the problems of a configuration, so that one error shows all of them. Used by one thread. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    private record Problem(@Nullable String source, String text) {}

    /** The forms of keys, in a class of their own since most starts have no problem. */
    private static final class KeyForm {
        /** Dotted words of any case, or one word in lower case. */
        static final Pattern KEY =
                Pattern.compile("\\w[\\w-]*(\\.[\\w-]+)+|[a-z][a-z_-]{0,39}", Pattern.UNICODE_CHARACTER_CLASS);

        private KeyForm() {}
    }

    /** Sets the order of the settings, so that problems are in the order in which a reader meets them. */
    void order(Collection<Setting> settings) {
        settings.forEach(setting -> places.putIfAbsent(setting.source(), places.size()));
    }

    /** Adds a problem of a setting; {@code what} is a sentence that does not show a secret. */
    public void add(Setting setting, String what) {
        add(
                setting.source(),
                KeyForm.KEY.matcher(setting.key()).matches() ? setting.toString() : setting.source(),
                what);
    }

    /** Adds a problem of a missing key or an invalid combination. */
    public void add(String key, String what) {
        add(null, key, what);
    }

    /** Adds a problem of a setting whose remedy has several lines. */
    void add(Setting setting, String what, List<String> lines) {
        StringBuilder text = new StringBuilder(Printable.of(setting + ": " + what));
        lines.forEach(line -> text.append("\n    ").append(Printable.of(line)));
        found.add(new Problem(setting.source(), text.toString()));
    }

    private void add(@Nullable String source, String subject, String what) {
        found.add(new Problem(source, Printable.of(subject + ": " + what)));
    }

    /** Reports an unknown key, with the nearest known one. */
    public void unknownKey(Setting setting, String prefix, Collection<String> known) {
        String word = setting.key().substring(prefix.length());
        Optional<String> near = Suggestion.nearest(word, known);
        if (near.isPresent()) {
            add(setting.source(), setting.toString(), "unknown key. Did you mean " + prefix + near.get() + "?");
        } else if (KeyForm.KEY.matcher(setting.key()).matches()) {
            add(setting, "unknown key.");
        } else {
            // A key or a certificate over several lines without backslashes: the text in this place may be a secret.
            add(
                    setting.source(),
                    setting.source(),
                    "not a key with a value. If the value of the line above goes on here, end that line with a"
                            + " backslash.");
        }
    }

    /** Stops the start if there are problems; missing keys come last. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new StartException(
                    found.stream()
                            .sorted(Comparator.comparingInt(this::place))
                            .map(Problem::text)
                            .toList(),
                    null);
        }
    }

    private int place(Problem problem) {
        Integer place = problem.source() == null ? null : places.get(problem.source());
        return place == null ? Integer.MAX_VALUE : place;
    }
}
