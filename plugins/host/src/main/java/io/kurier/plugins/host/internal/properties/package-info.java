// SPDX-License-Identifier: Apache-2.0
/**
 * Connectors' properties files: {@link io.kurier.plugins.host.internal.properties.ConnectorFiles} reads them and knows
 * the line of each key, for messages.
 */
@NullMarked
package io.kurier.plugins.host.internal.properties;

import org.jspecify.annotations.NullMarked;
