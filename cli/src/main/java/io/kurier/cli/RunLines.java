// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.run.ConnectorActivity;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line of each connector in every interval, and of one whose state changes. */
final class RunLines extends RunText {
    private final Map<String, String> states = new HashMap<>();

    RunLines(PrintWriter out, PrintWriter err) {
        super(out, err);
    }

    @Override
    void event(String line) {
        err().println(line(line));
    }

    @Override
    void beforeEnd() {}

    @Override
    public synchronized void running(List<ConnectorActivity> connectors, boolean periodic) {
        for (ConnectorActivity connector : connectors) {
            String before = states.put(connector.name(), connector.state());
            if (periodic || (before != null && !before.equals(connector.state()))) {
                event(connector.name() + ": " + connector.state() + ", " + rates(connector) + ", "
                        + Sizes.count(connector.records()) + " records" + lag(connector) + ", "
                        + Sizes.count(connector.errors()) + " errors"
                        + (connector.position().isEmpty() ? "" : ", at " + connector.position()));
            }
        }
    }
}
