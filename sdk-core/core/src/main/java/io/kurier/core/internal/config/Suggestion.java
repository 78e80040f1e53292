// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.internal.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a mistyped one was probably meant to be. */
public final class Suggestion {
    private Suggestion() {}

    /** The nearest known word, if it is at most a third of its letters away; upper and lower case are the same. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return nearest(word, known, Integer.MAX_VALUE);
    }

    /** The nearest known word, if it is at most a third of its letters and at most so many letters away. */
    static Optional<String> nearest(String word, Collection<String> known, int most) {
        String typed = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> isNear(candidate, typed, Math.min(most, Math.max(1, candidate.length() / 3))))
                .min(Comparator.<String>comparingInt(candidate -> distanceTo(candidate, typed))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a sentence's paragraph: a question with the nearest known word, or nothing. */
    public static String question(String word, Collection<String> known) {
        return nearest(word, known).map(near -> " Did you mean " + near + "?").orElse("");
    }

    /** The lengths first: to compare letters takes time and memory for each pair of them. */
    private static boolean isNear(String candidate, String typed, int most) {
        return Math.abs(candidate.length() - typed.length()) <= most && distanceTo(candidate, typed) <= most;
    }

    private static int distanceTo(String candidate, String typed) {
        return EditDistance.between(typed, candidate.toLowerCase(Locale.ROOT));
    }
}
