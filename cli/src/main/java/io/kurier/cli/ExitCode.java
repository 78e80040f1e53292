// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

/** What a command returns to the shell if it does not succeed. */
final class ExitCode {
    /** A record was refused or differs. */
    static final int DIFFERS = 1;

    /** Wrong usage or configuration. */
    static final int USAGE = 2;

    /** Ctrl-C has ended the command: what a shell reports for such a program, 128 and the signal's number. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
