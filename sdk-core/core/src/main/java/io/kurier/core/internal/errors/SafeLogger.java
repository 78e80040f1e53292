// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.errors;

import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs throwables of code that is not Kurier's on threads that have to continue: no method throws, neither because of
 * the throwable nor because the logger fails. Safe for use by any number of threads.
 */
public final class SafeLogger {
    private static final Object[] NONE = {};

    private SafeLogger() {}

    /**
     * Logs an error.
     *
     * @param what the message, with {@code {}} for each of the arguments
     */
    public static void error(Logger log, Throwable thrown, String what, Object... arguments) {
        log(log, Level.ERROR, thrown, what, arguments);
    }

    /** Logs a warning, as {@link #error(Logger, Throwable, String, Object...)} logs an error. */
    public static void warn(Logger log, Throwable thrown, String what, Object... arguments) {
        log(log, Level.WARN, thrown, what, arguments);
    }

    // The methods with no argument or one create no array for it: that alone would throw if memory is exhausted.

    /** Logs an error without arguments. */
    public static void error(Logger log, Throwable thrown, String what) {
        log(log, Level.ERROR, thrown, what, NONE);
    }

    /** Logs a warning with one argument. */
    public static void warn(Logger log, Throwable thrown, String what, Object argument) {
        try {
            log.warn(what, argument, ThrowableText.loggable(thrown));
        } catch (Throwable e) {
            // See below.
        }
    }

    private static void log(Logger log, Level level, Throwable thrown, String what, Object... arguments) {
        try {
            log.atLevel(level).setCause(ThrowableText.loggable(thrown)).log(what, arguments);
        } catch (Throwable e) {
            // The logger itself fails, above all when memory ran out, and there is no other place to report it.
        }
    }
}
