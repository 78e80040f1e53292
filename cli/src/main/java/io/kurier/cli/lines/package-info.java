// SPDX-License-Identifier: Apache-2.0
/**
 * The lines of an input, for commands that stream it.
 *
 * <p>{@link io.kurier.cli.lines.Lines} cuts a stream into lines and holds one at a time. A pipe is read through an {@link
 * io.kurier.cli.lines.InterruptibleInput}, so that Ctrl-C ends a command that waits for it.
 */
@NullMarked
package io.kurier.cli.lines;

import org.jspecify.annotations.NullMarked;
