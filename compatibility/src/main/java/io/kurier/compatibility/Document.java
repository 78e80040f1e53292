// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page that shows the matrix as it ran. Its table is written from a run, and every run is compared with it. */
final class Document {
    private static final String BEGIN = "<!-- written by compatibility/run from what happened -->\n";
    private static final String END = "<!-- end -->\n";
    private static final String HEAD = "| kafka-clients | broker | result |\n|---|---|---|\n";

    private final Path file;

    Document(Path file) {
        this.file = file;
    }

    /**
     * Compares or writes the table.
     *
     * @param mode {@code check}, {@code update}, or {@code leave} for a run of some cells
     * @return whether the table matches these results
     */
    boolean holds(List<Result> results, String mode) throws IOException {
        if (mode.equals("leave")) {
            return true;
        }
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, begin);
        if (begin < 0 || end < 0) {
            System.out.println(file + " has lost the lines between which the table is: " + BEGIN + END);
            return false;
        }
        StringBuilder table = new StringBuilder(BEGIN).append(HEAD);
        results.forEach(result -> table.append(result.row()));
        String wanted = text.substring(0, begin) + table + text.substring(end);
        if (mode.equals("update")) {
            Files.writeString(file, wanted);
            return true;
        }
        if (!text.equals(wanted)) {
            System.out.println(file + " shows another table; compatibility/run --update writes it");
            return false;
        }
        return true;
    }
}
