// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a publisher when the JVM shuts down: on SIGTERM, on Ctrl-C, or by {@code System.exit}. It is only for
 * applications that request it, since a library must not decide in which order an application stops.
 */
final class ShutdownHook {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHook.class);

    private final Thread thread;

    private ShutdownHook(Thread thread) {
        this.thread = thread;
    }

    /**
     * Registers a hook. Returns null in a JVM that is already shutting down: it accepts no more hooks, and the
     * publisher must not be lost because of that.
     */
    static @Nullable ShutdownHook register(Publisher publisher, Duration timeout) {
        Thread thread = new Thread(() -> close(publisher, timeout), "kurier-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException e) {
            LOG.warn("the JVM is shutting down already, and will not close the publisher that was started now", e);
            return null;
        }
        return new ShutdownHook(thread);
    }

    private static void close(Publisher publisher, Duration timeout) {
        CloseReport report = publisher.close(timeout);
        LOG.info("closed at shutdown: {}", report);
    }

    /** Removes the hook, for a publisher that is closed before. */
    void unregister() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM is shutting down already, and the hook finds the publisher closed", e);
        }
    }
}
