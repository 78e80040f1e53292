// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.cli.run.ConnectorActivity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunViewTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aLineOfEachConnectorIsPrintedInEveryIntervalAndWhenItsStateChanges() {
        RunLines view = new RunLines(new PrintWriter(out, true), new PrintWriter(err, true));
        view.running(List.of(activity("web", "RUNNING", "a.log"), activity("db", "RUNNING", "b.log")), false);
        view.running(List.of(activity("web", "RUNNING", "a.log"), activity("db", "RESTARTING", "b.log")), false);
        view.running(List.of(activity("web", "RUNNING", "a.log"), activity("db", "RESTARTING", "b.log")), true);
        assertThat(err.toString().lines())
                .containsExactly(
                        "db: RESTARTING, 1,235 records/s, 2.0 MB/s, 5,000 records, lag 3.0 kB, 3 errors, at b.log, line 7",
                        "web: RUNNING, 1,235 records/s, 2.0 MB/s, 5,000 records, lag 3.0 kB, 3 errors, at a.log, line 7",
                        "db: RESTARTING, 1,235 records/s, 2.0 MB/s, 5,000 records, lag 3.0 kB, 3 errors, at b.log, line 7");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void linesOnATerminalReplaceThemselvesAndEventsAreAboveThem() {
        RunLiveLines view = new RunLiveLines(new PrintWriter(out, true), new PrintWriter(err, true));
        view.running(List.of(activity("web", "RUNNING", "a".repeat(100))), true);
        view.running(List.of(activity("web", "RUNNING", "a.log")), false);
        view.rejected("web", "a.log", "line 2", "it is\nnot text\u001b[2J");
        String name = "web  RUNNING  1,235 records/s, 2.0 MB/s, lag 3.0 kB, 3 errors, ";
        String line = "\033[?7l" + name + "a".repeat(79 - name.length()) + "\n\033[?7h";
        assertThat(err.toString())
                .isEqualTo(line + "\033[1F\033[Jrejected: web: a.log, line 2: it is not text\\u001b[2J\n" + line);
    }

    @Test
    void manyConnectorsDoNotFillATerminal() {
        RunLiveLines view = new RunLiveLines(new PrintWriter(out, true), new PrintWriter(err, true));
        List<ConnectorActivity> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(activity("c" + i, "RUNNING", "a.log"));
        }
        view.running(many, true);
        assertThat(err.toString().lines()).hasSize(17).contains("and 25 more");
    }

    @Test
    void namesTextsWithoutTheirEffectOnATerminal() {
        RunLines view = new RunLines(new PrintWriter(out, true), new PrintWriter(err, true));
        view.taskFailed("web", 0, "first\n  second\u001b[2J", true);
        view.offsetsFailing("the disk is full");
        assertThat(err.toString().lines())
                .containsExactly(
                        "failed: first second\\u001b[2J (task 0, which is started again after a pause)",
                        "source offsets cannot be stored, which is tried again: the disk is full");
    }

    private static ConnectorActivity activity(String name, String state, String file) {
        return new ConnectorActivity(
                name,
                state,
                5_000,
                1_234.6,
                9_000_000,
                2_000_000,
                Map.of("file", file),
                Map.of("line", 7),
                3_000,
                2,
                1,
                null,
                false,
                false);
    }
}
