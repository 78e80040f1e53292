// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.spi.Preparable;

/**
 * Something that a plugin has made and that asks for what it needs before the first record.
 *
 * @param what what it is and for which topic, for errors
 * @param preparable the thing itself
 */
public record Prepared(String what, Preparable preparable) {}
