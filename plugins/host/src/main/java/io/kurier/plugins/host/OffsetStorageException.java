// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import org.jspecify.annotations.Nullable;

/** Source offsets could not be read or stored. */
public final class OffsetStorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param reason where, why, and what to do
     */
    public OffsetStorageException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
