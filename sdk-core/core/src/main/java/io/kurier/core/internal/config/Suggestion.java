// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

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
        return distance(typed, candidate.toLowerCase(Locale.ROOT));
    }

    /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each cost one. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
