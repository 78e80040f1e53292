// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import java.io.Serial;
import org.apache.kafka.common.errors.SerializationException;

/** A registry does not have a schema under the subject. */
final class NotRegisteredException extends SerializationException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotRegisteredException(String message) {
        super(message);
    }
}
