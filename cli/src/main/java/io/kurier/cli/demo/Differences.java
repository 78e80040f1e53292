// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** Lists differences up to a limit and counts the rest: a topic that was deleted has one for every record. */
final class Differences {
    /** The maximum number that is listed. */
    static final int MOST_NAMED = 1_000;

    private final List<String> named = new ArrayList<>();
    private long unnamed;

    void add(String difference) {
        if (named.size() < MOST_NAMED) {
            named.add(difference);
        } else {
            unnamed++;
        }
    }

    void addAll(Differences others) {
        others.named.forEach(this::add);
        unnamed += others.unnamed;
    }

    /** Returns the listed differences, and a line for the others. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(named);
        if (unnamed > 0) {
            lines.add("and " + unnamed + " more differences");
        }
        return lines;
    }
}
