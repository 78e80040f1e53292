// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of an {@link Oracle}.
 *
 * @param messages how many were to be published, counting every attempt
 * @param mustBeStored how many of them were acknowledged, or committed, or resolved as stored
 * @param mustNotBeStored how many were refused, or aborted, or resolved as not stored
 * @param records how many records were read
 * @param counts how often each fault was found; empty if there is none
 * @param examples some of each
 */
record Report(
        int messages,
        int mustBeStored,
        int mustNotBeStored,
        int records,
        Map<Fault, Integer> counts,
        Map<Fault, List<String>> examples) {

    /** Returns how often a fault was found. */
    int count(Fault fault) {
        return counts.getOrDefault(fault, 0);
    }

    /** Returns how many messages may be stored or not: no outcome was reported, or it was reported as unknown. */
    int open() {
        return messages - mustBeStored - mustNotBeStored;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(messages + " messages (" + mustBeStored + " must be stored, "
                + mustNotBeStored + " must not, " + open() + " may be), " + records + " records:");
        for (Fault fault : Fault.values()) {
            text.append(' ')
                    .append(fault.name().toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(count(fault));
        }
        examples.forEach((fault, list) -> list.forEach(
                example -> text.append("\n  ").append(fault).append(": ").append(example)));
        return text.toString();
    }

    /** Counts faults, and keeps some of each as examples. */
    static final class Faults {
        private static final int EXAMPLES = 5;

        private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        private final Map<Fault, List<String>> examples = new EnumMap<>(Fault.class);

        void add(Fault fault, String example) {
            if (counts.merge(fault, 1, Integer::sum) <= EXAMPLES) {
                examples.computeIfAbsent(fault, any -> new ArrayList<>()).add(example);
            }
        }

        Map<Fault, Integer> counts() {
            return counts;
        }

        Map<Fault, List<String>> examples() {
            return examples;
        }
    }
}
