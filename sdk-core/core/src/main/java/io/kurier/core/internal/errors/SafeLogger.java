// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.errors;

import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs what code that is not Kurier's has thrown, where the thread has to go on: no method throws, neither because of the
 * throwable nor because the logger fails. Safe for use by any number of threads.
 */
public final class SafeLogger {
    private static final Object[] NONE = {};

    private SafeLogger() {}

    /**
     * An error.
     *
     * @param what the message, with {@code {}} for each of the arguments
     */
    public static void error(Logger log, Throwable thrown, String what, Object... arguments) {
        log(log, Level.ERROR, thrown, what, arguments);
    }

    /** A warning, likewise. */
    public static void warn(Logger log, Throwable thrown, String what, Object... arguments) {
        log(log, Level.WARN, thrown, what, arguments);
    }

    // Those with no argument or one make no array for them: where memory is exhausted, that alone would throw.

    /** An error without arguments. */
    public static void error(Logger log, Throwable thrown, String what) {
        log(log, Level.ERROR, thrown, what, NONE);
    }

    /** A warning with one argument. */
    public static void warn(Logger log, Throwable thrown, String what, Object argument) {
        try {
            log.warn(what, argument, ThrowableText.loggable(thrown));
        } catch (Throwable e) {
            // As below.
        }
    }

    private static void log(Logger log, Level level, Throwable thrown, String what, Object... arguments) {
        try {
            log.atLevel(level).setCause(ThrowableText.loggable(thrown)).log(what, arguments);
        } catch (Throwable e) {
            // The logger itself fails, for want of memory above all, and there is nobody else to tell.
        }
    }
}
