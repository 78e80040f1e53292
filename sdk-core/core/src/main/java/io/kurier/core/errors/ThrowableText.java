// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.errors;

import org.jspecify.annotations.Nullable;

/**
 * Describes throwables of code that is not Kurier's. No method throws, whatever the throwable's own methods do: one whose
 * {@code getMessage} fails, or memory or stack that is exhausted, still gets a description. Safe for use by any number of
 * threads.
 */
public final class ThrowableText {
    private static final String INDESCRIBABLE = "a throwable that cannot be described";
    private static final int MOST_CAUSES = 20;

    private ThrowableText() {}

    /** The message, or where there is none, or the throwable is an {@link Error}, its class with the message. */
    public static String reason(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null || thrown instanceof Error ? thrown.toString() : message;
        } catch (Throwable e) {
            return className(thrown);
        }
    }

    /** The class with the message, as {@link Throwable#toString()} has it. */
    public static String of(Throwable thrown) {
        try {
            String text = thrown.toString();
            return text == null ? className(thrown) : text;
        } catch (Throwable e) {
            return className(thrown);
        }
    }

    /**
     * What a logger can be given: the throwable itself, or if it or one of its causes cannot describe itself, an exception in
     * its place with its class and its stack trace.
     */
    public static Throwable loggable(Throwable thrown) {
        try {
            Throwable cause = thrown;
            for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
                String unused = cause.toString();
                for (Throwable suppressed : cause.getSuppressed()) {
                    unused = suppressed.toString();
                }
                cause = cause.getCause();
            }
            return thrown;
        } catch (Throwable e) {
            return standIn(thrown);
        }
    }

    private static Throwable standIn(Throwable thrown) {
        try {
            RuntimeException standIn = new RuntimeException(className(thrown));
            standIn.setStackTrace(thrown.getStackTrace());
            return standIn;
        } catch (Throwable e) {
            return Indescribable.INSTANCE;
        }
    }

    private static String className(Throwable thrown) {
        try {
            return thrown.getClass().getName() + ", whose message cannot be read";
        } catch (Throwable e) {
            return INDESCRIBABLE;
        }
    }

    /** Made before it is needed: when memory is exhausted there is none for another. */
    private static final class Indescribable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Indescribable INSTANCE = new Indescribable(null);

        private Indescribable(@Nullable Throwable cause) {
            super(INDESCRIBABLE, cause, false, false);
        }
    }
}
