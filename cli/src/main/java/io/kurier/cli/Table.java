// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prints rows in columns as wide as their widest cell; cells that are numbers are aligned to the right. */
final class Table {
    private static final String GAP = "  ";

    private static final Pattern NUMBER = Pattern.compile("[0-9,.]+( ([kM]?B|s|%))?");

    private final List<String[]> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(titles);
    }

    void row(String... cells) {
        rows.add(Stream.of(cells).map(Printable::of).toArray(String[]::new));
    }

    /** Adds a line without columns below the last row. */
    void line(String text) {
        rows.add(new String[] {Printable.of(text)});
    }

    void print(PrintWriter out) {
        int columns = rows.get(0).length;
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            numeric[column] = isNumeric(column);
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            if (row.length < columns) {
                out.println(row[0].stripTrailing());
                continue;
            }
            for (int column = 0; column < columns; column++) {
                String fill = " ".repeat(widths[column] - row[column].length());
                line.append(numeric[column] ? fill + row[column] : row[column] + fill)
                        .append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return cells(column).mapToInt(String::length).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && cells(column).skip(1).allMatch(cell -> NUMBER.matcher(cell).matches());
    }

    private Stream<String> cells(int column) {
        return rows.stream().filter(row -> row.length == rows.get(0).length).map(row -> row[column]);
    }
}
