// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a connector's records are divided into transactions (KIP-618).
 *
 * @param boundary what ends a transaction
 * @param interval how long a transaction lasts with {@link Boundary#INTERVAL}; null for the host's interval of offsets
 */
record ExactlyOnce(Boundary boundary, @Nullable Duration interval) {

    /** What ends a transaction. */
    enum Boundary {
        /** Each poll; what further polls have returned meanwhile is in the same transaction. */
        POLL,
        /** Time. */
        INTERVAL,
        /** The connector. */
        CONNECTOR
    }
}
