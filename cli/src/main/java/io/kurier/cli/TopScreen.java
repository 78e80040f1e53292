// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.PrintWriter;
import java.util.List;

/** Lines on a terminal that replace those before them. */
final class TopScreen {
    /** Set by the launcher: the number of columns of the terminal. */
    private static final String COLUMNS = "kurier.columns";

    private static final int DEFAULT_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 20;

    /** What a terminal obeys: go to the first column so many lines above, and clear what follows. */
    private static final String UP = "\033[%dF\033[J";

    /** A line that is too long, since the terminal is narrower than before, is cut and not wrapped. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final PrintWriter terminal;
    private final int columns;
    private int shown;

    TopScreen(PrintWriter terminal) {
        this.terminal = terminal;
        int given = Integer.getInteger(COLUMNS, DEFAULT_COLUMNS);
        this.columns = given < FEWEST_COLUMNS ? DEFAULT_COLUMNS : given; // some terminals say that they have none
    }

    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder(shown == 0 ? "" : String.format(UP, shown));
        text.append(NO_WRAP);
        lines.forEach(line -> text.append(line.length() < columns ? line : line.substring(0, columns - 1))
                .append('\n'));
        text.append(WRAP);
        shown = lines.size();
        terminal.print(text);
        terminal.flush();
    }
}
