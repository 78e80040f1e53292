// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.core.internal.errors.ThrowableText;
import org.jspecify.annotations.Nullable;

/**
 * A connector's task ended before it had read all of its input. Its committed offsets are before the first record that
 * is not stored. So nothing is skipped when the connector runs again, and records behind that one may be published a
 * second time.
 */
public final class ConnectorFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectorFailedException(String connector, String reason, @Nullable Throwable cause) {
        super("connector " + connector + " has ended: " + reason, cause);
    }

    ConnectorFailedException(String connector, Throwable cause) {
        this(connector, ThrowableText.reason(cause), cause);
    }
}
