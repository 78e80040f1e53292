// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.run.ConnectorActivity;
import io.kurier.cli.run.RunResult;
import java.io.PrintWriter;
import java.util.List;

/** Shows connectors to people: events on standard error, and a table at the end on standard output. */
abstract class RunText implements RunView {
    private final PrintWriter out;
    private final PrintWriter err;

    RunText(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Prints a line of its own. */
    abstract void event(String line);

    /** Called before the last lines are printed. */
    abstract void beforeEnd();

    PrintWriter err() {
        return err;
    }

    @Override
    public synchronized void started(List<String> connectors, String offsets) {
        event("running " + String.join(", ", connectors) + "; offsets are stored in " + offsets + "; Ctrl-C ends it");
    }

    @Override
    public synchronized void taskFailed(String connector, int task, String reason, boolean restarts) {
        event("failed: " + reason + " (task " + task
                + (restarts ? ", which is started again after a pause)" : ", which is not started again)"));
    }

    @Override
    public synchronized void rejected(String connector, String source, String position, String reason) {
        event("rejected: " + connector + ": " + source + (position.isEmpty() ? "" : ", " + position) + ": " + reason);
    }

    @Override
    public synchronized void rejectsMore(String connector) {
        event("rejected: " + connector + ": more, which are only counted from here on");
    }

    @Override
    public synchronized void offsetsFailing(String reason) {
        event("source offsets cannot be stored, which is tried again: " + reason);
    }

    @Override
    public synchronized void ended(RunResult result) {
        beforeEnd();
        result.problems().forEach(problem -> err.println("kurier: " + line(problem)));
        Table table = new Table("connector", "records", "bytes", "time", "rejected", "restarts", "failed");
        for (ConnectorActivity connector : result.connectors()) {
            table.row(
                    connector.name(),
                    Sizes.count(connector.records()),
                    Sizes.of(connector.bytes()),
                    Sizes.of(result.time()),
                    Sizes.count(connector.rejected()),
                    Sizes.count(connector.restarts()),
                    connector.failed() ? "YES" : "no");
        }
        table.print(out);
    }

    /** Returns a text as one line, without characters that a terminal obeys. */
    static String line(String text) {
        return Printable.of(text.replaceAll("\\R\\s*", " "));
    }

    /** Returns what a connector does, in short. */
    static String rates(ConnectorActivity connector) {
        return Sizes.count(Math.round(connector.recordsPerSecond())) + " records/s, "
                + Sizes.of(Math.round(connector.bytesPerSecond())) + "/s";
    }

    /** Returns how far a connector is behind its source; empty if it does not report it. */
    static String lag(ConnectorActivity connector) {
        return connector.remainingBytes() < 0 ? "" : ", lag " + Sizes.of(connector.remainingBytes());
    }
}
