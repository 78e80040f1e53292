// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A registry has refused a request, or has not answered in time. The message says what was asked, of which server
 * (without secrets), what came back, whose fault it is and what to do.
 */
public final class RegistryException extends KafkaException {
    private static final long serialVersionUID = 1L;

    /** {@link #status} if there was no answer. */
    public static final int NO_ANSWER = 0;

    private final int status;
    private final int code;
    private final boolean retriable;

    /**
     * Creates the exception.
     *
     * @param status the HTTP status, or {@link #NO_ANSWER}
     * @param code the registry's {@code error_code}; 0 if there was none
     * @param retriable whether a later attempt may succeed without a change
     * @param cause null if there is none
     */
    public RegistryException(String message, int status, int code, boolean retriable, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.retriable = retriable;
    }

    /** Returns the HTTP status, or {@link #NO_ANSWER}. */
    public int status() {
        return status;
    }

    /** Returns the registry's {@code error_code}; 0 if there was none. */
    public int code() {
        return code;
    }

    /** Returns whether a later attempt may succeed without a change. */
    public boolean isRetriable() {
        return retriable;
    }
}
