// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.errors;

import io.kurier.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Describes throwables of code that is not Kurier's. No method throws, whatever the throwable's own methods do: a
 * throwable still gets a description if its {@code getMessage} fails, or if memory or stack is exhausted. Safe for use
 * by any number of threads.
 */
public final class ThrowableText {
    private static final String INDESCRIBABLE = "a throwable that cannot be described";
    private static final int MOST_LOGGED = 100;
    private static final Throwable[] NONE = {};

    private ThrowableText() {}

    /** Returns the message; if there is none, or the throwable is an {@link Error}, its class with the message. */
    public static String reason(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null || thrown instanceof Error ? of(thrown) : Printable.lines(message);
        } catch (Throwable e) {
            return className(thrown);
        }
    }

    /** Returns the class with the message, as {@link Throwable#toString()} does. */
    public static String of(Throwable thrown) {
        try {
            String text = thrown.toString();
            return text == null ? className(thrown) : Printable.lines(text);
        } catch (Throwable e) {
            return className(thrown);
        }
    }

    /** Returns the cause, or null if there is none or its getter fails. */
    public static @Nullable Throwable cause(Throwable thrown) {
        try {
            Throwable cause = thrown.getCause();
            return cause == thrown ? null : cause;
        } catch (Throwable e) {
            return null;
        }
    }

    /** Returns the suppressed exceptions; none if they cannot be read. */
    public static Throwable[] suppressed(Throwable thrown) {
        try {
            return thrown.getSuppressed();
        } catch (Throwable e) {
            return NONE;
        }
    }

    /**
     * Returns a throwable that is safe to pass to a logger. It is the throwable itself, or a replacement with its class
     * and its stack trace if the throwable, one of its causes or one of its suppressed exceptions cannot describe
     * itself, or if its chain of causes is circular, which not every logger detects.
     */
    public static Throwable loggable(Throwable thrown) {
        try {
            return isLoggable(thrown, new Budget()) ? thrown : standIn(thrown);
        } catch (Throwable e) {
            return standIn(thrown);
        }
    }

    /** The limit of throwables that are checked, however they are linked. */
    private static final class Budget {
        private int left = MOST_LOGGED;

        boolean isSpent() {
            return left-- == 0;
        }
    }

    private static boolean isLoggable(Throwable thrown, Budget budget) {
        Throwable each = thrown;
        while (each != null) {
            if (budget.isSpent() || each.toString() == null) {
                return false;
            }
            String unused = each.getLocalizedMessage();
            for (StackTraceElement element : each.getStackTrace()) {
                unused = element.toString();
            }
            for (Throwable suppressed : each.getSuppressed()) {
                if (!isLoggable(suppressed, budget)) {
                    return false;
                }
            }
            each = each.getCause();
        }
        return true;
    }

    private static Throwable standIn(Throwable thrown) {
        try {
            RuntimeException standIn = new RuntimeException(of(thrown));
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

    /** Created before it is needed: when memory is exhausted, another cannot be created. */
    private static final class Indescribable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Indescribable INSTANCE = new Indescribable(null);

        private Indescribable(@Nullable Throwable cause) {
            super(INDESCRIBABLE, cause, false, false);
        }
    }
}
