// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;

/**
 * What the connectors of a host share.
 *
 * @param publisher publishes their records
 * @param plugins finds and isolates their classes
 * @param offsets writes their source offsets
 * @param listener is called with each event; does not throw exceptions
 * @param changes is notified of each change of a state
 */
record HostContext(
        Publisher publisher,
        ConnectPlugins plugins,
        OffsetWriter offsets,
        HostListener listener,
        StateChanges changes) {}
