// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.broker.BrokerStartException;
import io.kurier.broker.LocalBroker;

/** Starts the in-process broker, and reports failures in the way of the command. */
final class LocalBrokers {
    private LocalBrokers() {}

    static LocalBroker start(LocalBroker.Builder builder) {
        try {
            return builder.start();
        } catch (BrokerStartException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
