// SPDX-License-Identifier: Apache-2.0
/**
 * {@code kurier offsets}: source offsets as text. {@link io.kurier.cli.offsets.OffsetsDocument} is the JSON of Connect's
 * REST API (KIP-875), {@link io.kurier.cli.offsets.WorkerOffsetsFile} the file of Connect's standalone worker.
 */
@NullMarked
package io.kurier.cli.offsets;

import org.jspecify.annotations.NullMarked;
