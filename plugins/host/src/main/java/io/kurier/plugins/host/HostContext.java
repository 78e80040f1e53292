// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.plugins.host.internal.deadletters.DeadLetterDestinations;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;

/**
 * What the connectors of a host share.
 *
 * @param publisher publishes their records
 * @param plugins finds and isolates their classes
 * @param deadLetters keeps rejected records
 * @param offsets writes their source offsets
 * @param listener is called with each event; does not throw exceptions
 * @param changes is notified of each change of a state
 */
record HostContext(
        Publisher publisher,
        ConnectPlugins plugins,
        DeadLetterDestinations deadLetters,
        OffsetWriter offsets,
        HostListener listener,
        StateChanges changes)
        implements AutoCloseable {

    /** Stores offsets and dead letters, and closes files and class loaders. */
    @Override
    public void close() {
        deadLetters.close();
        offsets.close();
        plugins.close();
    }
}
