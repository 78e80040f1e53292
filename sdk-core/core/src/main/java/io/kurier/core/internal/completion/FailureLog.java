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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failures that nobody may look at: the futures that carry them can be ignored. One warning for each outcome, at
 * once, and while there are more of them at most one in a while, with their number.
 *
 * <p>Those who fail a message only count it. The publisher's monitor writes, since a log may block.
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

    /** Those of one outcome. What was written is guarded by the log. */
    private static final class Failures {
        private final LongAdder count = new LongAdder();
        private volatile @Nullable Throwable last;
        private long written;
        private long writtenAt;
    }

    /**
     * Without failures.
     *
     * @param where what fails there, for the reader: a topic
     * @param what what fails, for the reader: "message"
     * @param between the least time between two warnings of one outcome
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

    /** One has failed. For any thread; it costs a count, and does not throw. */
    public void add(Outcome outcome, Throwable why) {
        try {
            Failures failures = Objects.requireNonNull(byOutcome.get(outcome), "there is one for each outcome");
            LAST.setRelease(failures, why);
            failures.count.increment();
            whenActive.run();
        } catch (Throwable e) {
            return; // no memory for the count: the failure itself must reach its future all the same
        }
    }

    /** Whether one has failed that was not written yet. */
    synchronized boolean hasNew() {
        for (Failures failures : byOutcome.values()) {
            if (failures.count.sum() != failures.written) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes what is to be written now.
     *
     * @param now {@link System#nanoTime()}
     * @param all whether it does not matter when the last warning was
     * @return whether something is left
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
     * The reason without what may be a piece of a key or a value: serializers, guards, partitioners and works can quote what
     * they were given, and what they said is for the caller, who knows that; a log has other readers.
     */
    public static String reason(Throwable why) {
        Throwable cause = why.getCause();
        if (cause instanceof PublishException message) { // what a transaction, or a large value, failed with
            return reason(message);
        }
        boolean isOwnText;
        if (why instanceof PublishException failure) {
            isOwnText = failure.stage() == Stage.SEND;
        } else { // a work that was not run has said nothing
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
