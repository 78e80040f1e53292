// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import org.jspecify.annotations.Nullable;

/**
 * The one way in which starting a {@link LocalBroker} fails: the message says in one line what is in the way and what
 * to do. Nothing of the broker is left behind: no thread, no port, no lock, no temporary folder.
 */
public final class BrokerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
