// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code kurier} command: {@code demo}, {@code broker}, {@code doctor}, {@code check}, {@code keys}, {@code
 * tune}, {@code publish}, {@code run}, {@code read}, {@code topics}, {@code partition},
 * {@code schema}, {@code offsets}.
 *
 * <p>{@link io.kurier.cli.Main} parses the command line and maps results to exit codes: 0 success, 1 a record was
 * refused or differs, 2 wrong usage or configuration. An error is one line on standard error; {@code --debug} adds the
 * stack trace and the logs of the libraries.
 */
@NullMarked
package io.kurier.cli;

import org.jspecify.annotations.NullMarked;
