// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import java.time.Duration;
import java.util.List;

/**
 * How a run of connectors has ended.
 *
 * @param connectors what each has done
 * @param time how long they ran
 * @param interrupted whether it was ended from outside, rather than because nothing was left to do
 * @param problems what was not done at the end, such as offsets that are not stored; empty after a clean end
 */
public record RunResult(List<ConnectorActivity> connectors, Duration time, boolean interrupted, List<String> problems) {

    /** Copies the lists. */
    public RunResult {
        connectors = List.copyOf(connectors);
        problems = List.copyOf(problems);
    }

    /** Returns whether everything was done that was asked for. */
    public boolean isComplete() {
        return problems.isEmpty()
                && connectors.stream().noneMatch(ConnectorActivity::failed)
                && (interrupted || connectors.stream().allMatch(connector -> connector.rejected() == 0));
    }
}
