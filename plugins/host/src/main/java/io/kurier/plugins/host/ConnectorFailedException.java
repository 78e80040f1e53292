// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import org.jspecify.annotations.Nullable;

/** A connector's task ended before it was asked to. Its offsets stand before the first record that is not stored. */
public final class ConnectorFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectorFailedException(String connector, @Nullable String reason, @Nullable Throwable cause) {
        super("connector " + connector + " has ended: " + reason, cause);
    }
}
