// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.KurierException;
import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.publisher.RoutedPublisher;
import io.kurier.core.internal.transactions.PinnedSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The transactional ids of a connector's tasks. Opening them fences every host that had them before, so that its
 * records and offsets are complete when the offsets are read (KIP-618). Used by the connector's control thread.
 */
final class TaskSessions {
    private final ConnectorSettings settings;
    private final ExactlyOnce exactlyOnce;
    private final RoutedPublisher publisher;
    private final TransactionalOffsets stored;
    private final OffsetStore offsets;
    private final Duration defaultInterval;
    private final Map<Integer, PinnedSession> open = new HashMap<>();

    /**
     * Creates the ids, of which none is open.
     *
     * @param offsets gets what is read
     * @param defaultInterval how long a transaction lasts that ends by time, if the connector's properties do not say it
     */
    TaskSessions(
            ConnectorSettings settings,
            ExactlyOnce exactlyOnce,
            RoutedPublisher publisher,
            TransactionalOffsets stored,
            OffsetStore offsets,
            Duration defaultInterval) {
        this.settings = settings;
        this.exactlyOnce = exactlyOnce;
        this.publisher = publisher;
        this.stored = stored;
        this.offsets = offsets;
        this.defaultInterval = defaultInterval;
    }

    private String id() {
        return "source-" + settings.name() + "-";
    }

    /**
     * Opens the ids of all tasks, fences those that earlier hosts had beyond them, and reads the offsets.
     *
     * @throws StartException if that is not possible
     */
    void open(int tasks) {
        close();
        try {
            publisher.fenceSessions(id(), tasks);
            for (int number = 0; number < tasks; number++) {
                open.put(number, session(number));
            }
            offsets.replace(stored.reload(settings.name()));
        } catch (RuntimeException e) {
            close();
            throw failed(e);
        }
    }

    private PinnedSession session(int number) {
        PinnedSession session = publisher.transactionalSession(id() + number);
        if (exactlyOnce.boundary() == ExactlyOnce.Boundary.INTERVAL
                && interval().compareTo(session.timeout()) >= 0) {
            session.close();
            throw new IllegalStateException("a transaction of " + interval().toMillis()
                    + " ms would be aborted after transactions.timeout.ms="
                    + session.timeout().toMillis() + ". Lower " + ConnectorValues.BOUNDARY_INTERVAL
                    + ", or raise the other.");
        }
        return session;
    }

    private Duration interval() {
        Duration own = exactlyOnce.interval();
        return own == null ? defaultInterval : own;
    }

    /**
     * Returns what a run of a task needs. For a task that is started again its id is opened, and the offsets are read,
     * once more.
     *
     * @param boundaries the connector's, or null
     * @throws StartException if that is not possible
     */
    TransactionalTask take(int number, @Nullable TransactionBoundaries boundaries) {
        PinnedSession session = open.remove(number);
        if (session == null) {
            try {
                session = session(number);
                offsets.replace(stored.reload(settings.name()));
            } catch (RuntimeException e) {
                if (session != null) {
                    session.close();
                }
                throw failed(e);
            }
        }
        return new TransactionalTask(session, stored, exactlyOnce.boundary(), interval(), boundaries);
    }

    /** Returns the boundaries for a task that sets them; otherwise null. */
    @Nullable
    TransactionBoundaries boundaries() {
        return exactlyOnce.boundary() == ExactlyOnce.Boundary.CONNECTOR ? new TransactionBoundaries() : null;
    }

    /** Closes the ids that no run has taken. */
    void close() {
        open.values().forEach(PinnedSession::close);
        open.clear();
    }

    private StartException failed(RuntimeException e) {
        boolean isKnown = e instanceof KurierException
                || e instanceof KafkaException
                || e instanceof OffsetStorageException
                || e instanceof IllegalStateException;
        if (!isKnown) {
            throw e;
        }
        return new StartException(
                "connector " + settings.name() + ", " + ConnectorValues.EXACTLY_ONCE + ": " + ThrowableText.reason(e),
                e);
    }
}
