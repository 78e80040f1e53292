// SPDX-License-Identifier: Apache-2.0
/**
 * Says why a cluster cannot be reached, or does not let a client in, with the likely cause and the key to change. Kafka's
 * clients do not know: they try again until the time is over, and then say only that it is.
 *
 * <p>{@link io.kurier.core.internal.contact.ConnectionDiagnosis} awaits the first answer of a cluster. Where none has come for a while, a
 * thread of its own looks at the addresses by plain sockets, and what it finds becomes part of the error.
 */
@NullMarked
package io.kurier.core.internal.contact;

import org.jspecify.annotations.NullMarked;
