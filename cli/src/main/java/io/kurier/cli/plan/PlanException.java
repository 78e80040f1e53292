// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import org.jspecify.annotations.Nullable;

/** Ends a plan: what is asked for cannot be published or stored. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
