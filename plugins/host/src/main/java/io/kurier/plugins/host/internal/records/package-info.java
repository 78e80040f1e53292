// SPDX-License-Identifier: Apache-2.0
/**
 * The way of a record from a task to the publisher: transformations, then converters, then a message. For Kurier's own
 * modules.
 */
@NullMarked
package io.kurier.plugins.host.internal.records;

import org.jspecify.annotations.NullMarked;
