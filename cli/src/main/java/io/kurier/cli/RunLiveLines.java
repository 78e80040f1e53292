// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.run.ConnectorActivity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** One line of each connector on a terminal, which replaces itself; events are printed above. */
final class RunLiveLines extends RunText {
    /** Set by the launcher: the number of columns of the terminal. */
    private static final String COLUMNS = "kurier.columns";

    /** More lines may be higher than the terminal, and a cursor cannot go up beyond its first line. */
    private static final int MOST_LINES = 15;

    private static final int DEFAULT_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 20;

    /** What a terminal obeys: go to the first column so many lines above, and clear what follows. */
    private static final String UP = "\033[%dF";

    private static final String CLEARED_BELOW = "\033[J";

    /** A line that is too long, since the terminal is narrower than before, is cut and not wrapped. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final int columns = columns();
    private List<String> shown = List.of();
    private List<String> states = List.of();

    RunLiveLines(PrintWriter out, PrintWriter err) {
        super(out, err);
    }

    /** Some terminals say that they have none. */
    private static int columns() {
        int given = Integer.getInteger(COLUMNS, DEFAULT_COLUMNS);
        return given < FEWEST_COLUMNS ? DEFAULT_COLUMNS : given;
    }

    @Override
    void event(String line) {
        draw(cleared() + line(line) + "\n", shown);
    }

    @Override
    public synchronized void running(List<ConnectorActivity> connectors, boolean periodic) {
        if (periodic || shown.isEmpty() || !states(connectors).equals(states)) {
            states = states(connectors);
            draw(cleared(), lines(connectors));
        }
    }

    @Override
    void beforeEnd() {
        draw(cleared(), List.of());
    }

    private static List<String> states(List<ConnectorActivity> connectors) {
        return connectors.stream().map(ConnectorActivity::state).toList();
    }

    private String cleared() {
        return shown.isEmpty() ? "" : String.format(UP, shown.size()) + CLEARED_BELOW;
    }

    private void draw(String before, List<String> lines) {
        StringBuilder text = new StringBuilder(before);
        if (!lines.isEmpty()) {
            text.append(NO_WRAP);
            lines.forEach(line -> text.append(line).append('\n'));
            text.append(WRAP);
        }
        shown = lines;
        err().print(text);
        err().flush();
    }

    private List<String> lines(List<ConnectorActivity> connectors) {
        int name = width(connectors.stream().map(ConnectorActivity::name).toList());
        int state = width(connectors.stream().map(ConnectorActivity::state).toList());
        List<String> lines = new ArrayList<>();
        for (ConnectorActivity connector : connectors.subList(0, Math.min(MOST_LINES, connectors.size()))) {
            lines.add(cut(line(padded(connector.name(), name) + "  " + padded(connector.state(), state) + "  "
                    + rates(connector) + lag(connector) + ", " + Sizes.count(connector.errors()) + " errors"
                    + (connector.position().isEmpty() ? "" : ", " + connector.position()))));
        }
        if (connectors.size() > MOST_LINES) {
            lines.add("and " + (connectors.size() - MOST_LINES) + " more");
        }
        return lines;
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private String cut(String line) {
        return line.length() < columns ? line : line.substring(0, columns - 1);
    }
}
