// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

/** Reports which of the {@link ReadLimits} a record exceeds; its message has numbers and keys only. */
public final class LimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitExceededException(String message) {
        super(message);
    }
}
