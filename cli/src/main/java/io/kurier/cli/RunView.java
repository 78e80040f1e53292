// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.run.RunListener;
import io.kurier.cli.run.RunResult;

/** Shows connectors that run to people or to programs. Safe for use by any number of threads. */
interface RunView extends RunListener {
    /** Shows the end; called last. */
    void ended(RunResult result);
}
