// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import java.io.Serial;
import org.apache.kafka.common.errors.RetriableException;

/** A registry has not answered, or has answered that it cannot now. A later request may succeed. */
final class UnavailableException extends RetriableException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
