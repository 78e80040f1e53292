// SPDX-License-Identifier: Apache-2.0
/**
 * How failures of code that is not Kurier's are put into words.
 *
 * <p>Serializers, guards, partitioners, listeners, callbacks and Kafka's own client may throw anything, and what they throw
 * may itself fail when it is asked for its message. {@link io.kurier.core.internal.errors.ThrowableText} describes every throwable and
 * never throws, so that no catch block fails while it reports; {@link io.kurier.core.internal.errors.SafeLogger} logs it on threads
 * that have to go on.
 */
@NullMarked
package io.kurier.core.internal.errors;

import org.jspecify.annotations.NullMarked;
