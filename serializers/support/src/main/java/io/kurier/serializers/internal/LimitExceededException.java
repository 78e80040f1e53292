// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

/** Says which of the {@link ReadLimits} a record exceeds; its message holds numbers and keys only. */
public final class LimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitExceededException(String message) {
        super(message);
    }
}
