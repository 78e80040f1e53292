// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import org.jspecify.annotations.Nullable;

/**
 * The only exception with which the start of a {@link LocalBroker} fails. Its message gives in one line the cause and
 * what to do. Nothing of the broker is left behind: no thread, no port, no lock, no temporary folder.
 */
public final class BrokerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
