// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.spi.Preparable;

/**
 * An object of a plugin that requests what it needs before the first record.
 *
 * @param what its kind and its topic, for errors
 * @param preparable the object itself
 */
public record Prepared(String what, Preparable preparable) {}
