// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import org.jspecify.annotations.Nullable;

/** A schema cannot be found, read or compared; the message is for the user of a command. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private SchemaException(String message, boolean refused, @Nullable Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /** Creates the exception for something that is wrong with the command or its surroundings. */
    public static SchemaException wrong(String message, @Nullable Throwable cause) {
        return new SchemaException(message, false, cause);
    }

    /** Creates the exception for a schema that a registry has refused. */
    static SchemaException refused(String message, Throwable cause) {
        return new SchemaException(message, true, cause);
    }

    /** Returns whether a registry has looked at the schema and refused it. */
    public boolean isRefused() {
        return refused;
    }
}
