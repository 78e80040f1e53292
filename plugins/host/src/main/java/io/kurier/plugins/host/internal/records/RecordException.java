// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

/** A transformation or a converter could not process a record. */
public final class RecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Stage stage;
    private final Class<?> executing;

    /** Where a record failed; the names are those of Connect's header {@code __connect.errors.stage}. */
    public enum Stage {
        /** The task itself: it made a record without a valid topic. */
        TASK_POLL,
        /** A predicate or a transformation. */
        TRANSFORMATION,
        /** The conversion of the key. */
        KEY_CONVERTER,
        /** The conversion of the value. */
        VALUE_CONVERTER,
        /** The conversion of a header. */
        HEADER_CONVERTER
    }

    /**
     * Creates the exception.
     *
     * @param executing the class that failed
     * @param reason what failed and why, without key, value or headers
     */
    public RecordException(Stage stage, Class<?> executing, String reason, Throwable cause) {
        super(reason, cause);
        this.stage = stage;
        this.executing = executing;
    }

    /** Returns where the record failed. */
    public Stage stage() {
        return stage;
    }

    /** Returns the class that failed. */
    public Class<?> executing() {
        return executing;
    }
}
