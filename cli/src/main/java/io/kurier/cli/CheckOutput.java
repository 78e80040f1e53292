// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.core.config.ResolvedKey;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a configuration to people: lines of a properties file, with the sources in a separate column. */
final class CheckOutput {
    /** A longer line does not move the sources of all others to the right. */
    private static final int WIDEST = 72;

    private final PrintWriter out;

    CheckOutput(PrintWriter out) {
        this.out = out;
    }

    void print(List<ResolvedKey> keys) {
        Map<String, List<ResolvedKey>> sections = keys.stream()
                .collect(Collectors.groupingBy(ResolvedKey::section, LinkedHashMap::new, Collectors.toList()));
        boolean first = true;
        for (Map.Entry<String, List<ResolvedKey>> section : sections.entrySet()) {
            if (!first) {
                out.println();
            }
            first = false;
            out.println("# " + Printable.of(section.getKey()));
            int width = section.getValue().stream()
                    .mapToInt(key -> setting(key).length())
                    .filter(length -> length <= WIDEST)
                    .max()
                    .orElse(WIDEST);
            section.getValue().forEach(key -> out.println(padded(setting(key), width) + "  # " + source(key)));
        }
    }

    private static String setting(ResolvedKey key) {
        return Printable.of(key.key() + " = " + key.value());
    }

    private static String source(ResolvedKey key) {
        return Printable.of(key.plugin() == null ? key.source() : key.source() + ", " + key.plugin());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
