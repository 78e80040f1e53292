// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What there has to be once, compared with what there is. */
final class Tally {
    /** How often each value is missing; negative where there are too many. */
    private final Map<String, Integer> missing = new HashMap<>();

    private int toFind;
    private int found;

    /** Creates a tally of values that are all different. */
    Tally(Collection<String> expected) {
        expected.forEach(value -> {
            if (missing.put(value, 1) != null) {
                throw new IllegalArgumentException("expected twice: " + value);
            }
        });
        toFind = missing.size();
    }

    /** Counts a value that was found. */
    void found(String value) {
        found++;
        if (missing.merge(value, -1, Integer::sum) == 0) {
            toFind--;
        }
    }

    /** Returns how many values were found. */
    int found() {
        return found;
    }

    /** Returns whether nothing is missing any more. */
    boolean isComplete() {
        return toFind == 0;
    }

    /** Returns what was lost, is there more than once, or was never written; empty if each is there once. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        missing.forEach((value, count) -> {
            if (count > 0) {
                differences.add("lost: " + value);
            } else if (count < 0) {
                differences.add("too many by " + -count + ": " + value);
            }
        });
        return differences;
    }
}
