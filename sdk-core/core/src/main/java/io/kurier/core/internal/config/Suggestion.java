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

    /** Returns the nearest known word, if its distance is at most a third of its letters; case is ignored. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return nearest(word, known, Integer.MAX_VALUE);
    }

    /** Returns the nearest known word, if its distance is at most a third of its letters and at most {@code most}. */
    static Optional<String> nearest(String word, Collection<String> known, int most) {
        String typed = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> isNear(candidate, typed, Math.min(most, most(candidate))))
                .min(Comparator.<String>comparingInt(candidate -> distanceTo(candidate, typed))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns whether {@link #nearest(String, Collection)} finds a word. */
    static boolean isNear(String word, Collection<String> known) {
        String typed = word.toLowerCase(Locale.ROOT);
        for (String candidate : known) { // no stream: it is called for every setting of a start
            if (isNear(candidate, typed, most(candidate))) {
                return true;
            }
        }
        return false;
    }

    private static int most(String candidate) {
        return Math.max(1, candidate.length() / 3);
    }

    /** Returns the end of a paragraph: a question with the nearest known word, or an empty string. */
    public static String question(String word, Collection<String> known) {
        return nearest(word, known).map(near -> " Did you mean " + near + "?").orElse("");
    }

    /** Compares the lengths first: comparing letters takes time and memory for each pair of them. */
    private static boolean isNear(String candidate, String typed, int most) {
        return Math.abs(candidate.length() - typed.length()) <= most && distanceTo(candidate, typed) <= most;
    }

    private static int distanceTo(String candidate, String typed) {
        return EditDistance.between(typed, candidate.toLowerCase(Locale.ROOT));
    }
}
