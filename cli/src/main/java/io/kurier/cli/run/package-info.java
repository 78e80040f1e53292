// SPDX-License-Identifier: Apache-2.0
/**
 * Runs connectors for {@code kurier run}: {@link io.kurier.cli.run.ConnectorConfig} joins their files with the
 * publisher's configuration, {@link io.kurier.cli.run.ConnectorRun} runs them, and {@link io.kurier.cli.run.RunListener}
 * receives what happens.
 */
@NullMarked
package io.kurier.cli.run;

import org.jspecify.annotations.NullMarked;
