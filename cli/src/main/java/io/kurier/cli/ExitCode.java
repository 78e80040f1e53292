// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

/** What a command returns to the shell if it does not succeed. */
final class ExitCode {
    /** A record was refused or differs. */
    static final int DIFFERS = 1;

    /** Wrong usage or configuration. */
    static final int USAGE = 2;

    private ExitCode() {}
}
