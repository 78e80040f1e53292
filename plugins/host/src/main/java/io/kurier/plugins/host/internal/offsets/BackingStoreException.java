// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import org.jspecify.annotations.Nullable;

/** Source offsets could not be read or stored; the message says where, why, and what to do. */
public final class BackingStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackingStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
