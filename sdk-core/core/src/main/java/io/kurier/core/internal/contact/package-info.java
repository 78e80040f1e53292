// SPDX-License-Identifier: Apache-2.0
/**
 * Finds out why a cluster cannot be reached, or rejects a client's log-in, with the likely cause and the key to change.
 * Kafka's clients do not know the cause: they retry until the time is over, and then report only a time-out.
 *
 * <p>{@link io.kurier.core.internal.contact.ConnectionDiagnosis} awaits the first response of a cluster. If none has
 * come for a while, a separate thread checks the addresses by plain sockets, and its findings become part of the error.
 *
 * <p>{@link io.kurier.core.internal.contact.ClusterSurvey} is for commands that show what a cluster reports of itself.
 */
@NullMarked
package io.kurier.core.internal.contact;

import org.jspecify.annotations.NullMarked;
