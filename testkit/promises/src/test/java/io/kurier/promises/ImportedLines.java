// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the lines of files, {@code <file> <number>} from 0 on, with the records of a topic that has one partition: at
 * least once, and those of a file in order when duplicates are left out.
 */
final class ImportedLines {
    private final Map<String, Integer> next = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long duplicates;

    /** Takes the next record of the topic. */
    void record(String value) {
        int space = value.lastIndexOf(' ');
        String file = value.substring(0, space);
        int number = Integer.parseInt(value.substring(space + 1));
        int expected = next.getOrDefault(file, 0);
        if (number < expected) {
            duplicates++;
            return;
        }
        if (number > expected) {
            faults.add(file + ": line " + number + " comes before line " + expected);
        }
        next.put(file, number + 1);
    }

    /** Returns what is wrong, given the number of lines of each file; empty if nothing is. */
    List<String> faults(Map<String, Integer> lines) {
        List<String> all = new ArrayList<>(faults);
        lines.forEach((file, count) -> {
            int found = next.getOrDefault(file, 0);
            if (found != count) {
                all.add(file + ": " + found + " of " + count + " lines");
            }
        });
        return all;
    }

    /** Returns the number of records whose line came before. */
    long duplicates() {
        return duplicates;
    }
}
