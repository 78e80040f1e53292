// SPDX-License-Identifier: Apache-2.0
/**
 * How the host finds Connect's plugins (connectors, converters, transformations, predicates) and creates instances of
 * their classes. For Kurier's own modules.
 */
@NullMarked
package io.kurier.plugins.host.internal.plugins;

import org.jspecify.annotations.NullMarked;
