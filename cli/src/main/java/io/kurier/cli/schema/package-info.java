// SPDX-License-Identifier: Apache-2.0
/**
 * Schemas of a registry, of a folder and of files, and what differs between two of them. Depends on nothing of the
 * command line.
 */
@NullMarked
package io.kurier.cli.schema;

import org.jspecify.annotations.NullMarked;
