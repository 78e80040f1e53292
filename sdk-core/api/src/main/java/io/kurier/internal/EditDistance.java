// SPDX-License-Identifier: Apache-2.0
package io.kurier.internal;

/** Counts typing errors, to find the known word that a misspelled one was meant to be. */
public final class EditDistance {
    private EditDistance() {}

    /**
     * Returns the number of insertions, deletions, substitutions and swaps of neighbours that turn one word into the
     * other (optimal string alignment). Upper and lower case are different letters. Takes time and memory proportional
     * to the product of the two lengths.
     */
    public static int between(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + same);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[one.length()][other.length()];
    }
}
