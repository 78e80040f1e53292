// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import java.util.List;

/** Receives what happens while connectors run. Called by several threads at a time. */
public interface RunListener {
    /**
     * The connectors have started.
     *
     * @param offsets where source offsets are stored, for people
     */
    void started(List<String> connectors, String offsets);

    /**
     * What the connectors do; called several times a second.
     *
     * @param periodic whether the rates are those of a whole interval; else they are those since it began
     */
    void running(List<ConnectorActivity> connectors, boolean periodic);

    /**
     * A task has failed for another reason than before.
     *
     * @param task its number, from 0
     * @param restarts whether it is started again after a pause
     */
    void taskFailed(String connector, int task, String reason, boolean restarts);

    /**
     * A record, or a part of the input, was refused.
     *
     * @param source the file or other input
     * @param position where in it; empty if all of it was refused
     */
    void rejected(String connector, String source, String position, String reason);

    /** Many were refused by a connector already; more of them are only counted. */
    void rejectsMore(String connector);

    /** Source offsets cannot be stored at present. */
    void offsetsFailing(String reason);
}
