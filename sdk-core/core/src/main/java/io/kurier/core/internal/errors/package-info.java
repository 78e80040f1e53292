// SPDX-License-Identifier: Apache-2.0
/**
 * Describes failures of code that is not Kurier's.
 *
 * <p>Serializers, guards, partitioners, listeners, callbacks and Kafka's own client may throw anything, and the
 * {@code getMessage} of what they throw may itself fail. {@link io.kurier.core.internal.errors.ThrowableText} describes
 * every throwable and never throws, so that no catch block fails while it reports;
 * {@link io.kurier.core.internal.errors.SafeLogger} logs it on threads that have to continue.
 */
@NullMarked
package io.kurier.core.internal.errors;

import org.jspecify.annotations.NullMarked;
