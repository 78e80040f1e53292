// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.TransactionException;
import io.kurier.core.internal.errors.ThrowableText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures that callers may miss, because the futures that carry them can be ignored. It logs one warning for each
 * outcome at once and, while more failures follow, at most one in a given interval, with their number.
 *
 * <p>The code that fails a message only counts the failure. The publisher's monitor writes the warnings, since a log
 * may block.
 */
public final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final VarHandle LAST;

    static {
        try {
            LAST = MethodHandles.lookup().findVarHandle(Failures.class, "last", Throwable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String where;
    private final String what;
    private final long betweenNanos;
    private final Runnable whenActive;
    private final Map<Outcome, Failures> byOutcome = new EnumMap<>(Outcome.class);

    /** The failures of one outcome. The fields about written warnings are guarded by the log. */
    private static final class Failures {
        private final LongAdder count = new LongAdder();
        private volatile @Nullable Throwable last;
        private long written;
        private long writtenAt;
    }

    /**
     * Makes a log without failures.
     *
     * @param where where the failures occur, for the log's reader: a topic
     * @param what the name of the thing that fails, for the log's reader: "message"
     * @param between the minimum time between two warnings of one outcome
     * @param whenActive run when there is something to write; it must not throw, and must be cheap
     */
    FailureLog(String where, String what, Duration between, Runnable whenActive) {
        this.where = where;
        this.what = what;
        this.betweenNanos = between.toNanos();
        this.whenActive = whenActive;
        for (Outcome outcome : Outcome.values()) {
            byOutcome.put(outcome, new Failures());
        }
    }

    /** Counts a failure. Safe for any thread; it does not throw. */
    public void add(Outcome outcome, Throwable why) {
        try {
            Failures failures = Objects.requireNonNull(byOutcome.get(outcome), "there is one for each outcome");
            LAST.setRelease(failures, why);
            failures.count.increment();
            whenActive.run();
        } catch (Throwable e) {
            return; // out of memory for the count: the failure must still reach its future
        }
    }

    /** Whether a failure has not been written yet. */
    synchronized boolean hasNew() {
        for (Failures failures : byOutcome.values()) {
            if (failures.count.sum() != failures.written) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the warnings that are due.
     *
     * @param now {@link System#nanoTime()}
     * @param all whether to write all, whenever the last warning was written
     * @return whether unwritten failures are left
     */
    synchronized boolean write(long now, boolean all) {
        boolean left = false;
        for (Map.Entry<Outcome, Failures> entry : byOutcome.entrySet()) {
            Failures failures = entry.getValue();
            long count = failures.count.sum() - failures.written;
            if (count == 0) {
                continue;
            }
            boolean first = failures.written == 0;
            if (!first && !all && now - failures.writtenAt < betweenNanos) {
                left = true;
                continue;
            }
            Throwable last = (Throwable) LAST.getAndSet(failures, null);
            failures.written += count; // also if the log throws: what it threw at once it throws again
            failures.writtenAt = now;
            LOG.warn(
                    "{}: {} {}{} {}; the last: {}. Each future says why its own failed",
                    where,
                    count,
                    what,
                    count == 1 ? " is" : "s are",
                    entry.getKey(),
                    last == null ? "(written before)" : reason(last));
        }
        return left;
    }

    /**
     * Returns the reason without text that may be a piece of a key or a value. Serializers, guards, partitioners and
     * transaction callbacks can quote their arguments, and their messages are for the caller, who knows the values; a
     * log has other readers.
     */
    public static String reason(Throwable why) {
        Throwable cause = why.getCause();
        if (cause instanceof PublishException message) { // the failure of a transaction, or of a large value
            return reason(message);
        }
        boolean isOwnText;
        if (why instanceof PublishException failure) {
            isOwnText = failure.stage() == Stage.SEND || cause instanceof RecordTooLargeException;
        } else { // a callback that did not run has no message
            isOwnText = why instanceof TransactionException failure && failure.outcome() == Outcome.REJECTED
                    || cause instanceof KafkaException;
        }
        if (cause == null || isOwnText) {
            return ThrowableText.reason(why);
        }
        return (why instanceof PublishException failure ? failure.stage() + ", " : "")
                + cause.getClass().getName()
                + " (its text can quote a value, so it is in the future only)";
    }
}
