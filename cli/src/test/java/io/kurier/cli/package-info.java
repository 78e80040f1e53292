// SPDX-License-Identifier: Apache-2.0
/** Runs the command as its users do, in this JVM and on a real broker. */
@NullMarked
package io.kurier.cli;

import org.jspecify.annotations.NullMarked;
