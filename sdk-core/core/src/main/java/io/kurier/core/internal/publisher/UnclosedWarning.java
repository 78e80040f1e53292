// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.core.internal.completion.Monitor;
import java.lang.ref.Cleaner;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a warning if a publisher is garbage-collected without a close, with the place where it was started: its producer
 * and its threads live on, and the outcome of its last messages was never checked.
 */
final class UnclosedWarning {
    private static final Logger LOG = LoggerFactory.getLogger(UnclosedWarning.class);

    private final Cleaner.@Nullable Cleanable cleanable;
    private final Found found;

    /** The cleaner, created with the first publisher; one thread serves all publishers. */
    private static final class Cleaners {
        private static final Cleaner CLEANER = Cleaner.create();
    }

    /** Runs when the publisher has been collected. It references nothing from which the publisher can be reached. */
    private static final class Found implements Runnable {
        private final String clientId;
        private final Collection<String> topics;
        private final Monitor monitor;
        private final Throwable start = new Throwable("the publisher was started here");
        private volatile boolean closed;

        Found(String clientId, Collection<String> topics, Monitor monitor) {
            this.clientId = clientId;
            this.topics = new TreeSet<>(topics);
            this.monitor = monitor;
        }

        @Override
        public void run() {
            if (!closed) {
                monitor.end();
                LOG.warn(
                        "publisher {} of the topics {} was collected without a close: its connections and threads remain,"
                                + " and what it had not sent may be lost. Keep it as long as it is needed, and close it",
                        clientId,
                        topics,
                        start);
            }
        }
    }

    private UnclosedWarning(Object publisher, Found found) {
        this.found = found;
        this.cleanable = register(publisher, found);
    }

    static UnclosedWarning of(Object publisher, String clientId, Collection<String> topics, Monitor monitor) {
        return new UnclosedWarning(publisher, new Found(clientId, topics, monitor));
    }

    private static Cleaner.@Nullable Cleanable register(Object publisher, Found found) {
        try {
            return Cleaners.CLEANER.register(publisher, found);
        } catch (OutOfMemoryError | NoClassDefFoundError e) {
            LOG.debug("no thread could be made that notices publishers that were not closed", e);
            return null;
        }
    }

    /** Called when the publisher is being closed. */
    void closed() {
        found.closed = true;
        if (cleanable != null) {
            cleanable.clean();
        }
    }
}
