// SPDX-License-Identifier: Apache-2.0
/**
 * Where the host keeps what a connector with {@code errors.tolerance=all} leaves out: a topic, a file, or only the log.
 * {@code DeadLetterDestinations} chooses by the connector's properties. For Kurier's own modules.
 */
@NullMarked
package io.kurier.plugins.host.internal.deadletters;

import org.jspecify.annotations.NullMarked;
