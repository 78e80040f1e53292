// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.attempts.Attempt;
import io.kurier.core.internal.attempts.AttemptKeeper;
import io.kurier.core.transport.KafkaFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts of one producer whose callbacks have not been called yet. A producer whose I/O thread has died calls no
 * callback any more, not even when it is closed; then each attempt is failed from here.
 *
 * <p>Attempts are kept in segments of {@value #SIZE}; each stripe of calling threads fills one segment at a time. A
 * segment counts its results and is dropped with the last one, so an attempt costs one atomic addition of its caller, none
 * of the I/O thread, and no object of its own.
 *
 * <p>A segment also records how many retries the producer had made when the segment was begun: if there has been none
 * since, none of its records can have been sent twice.
 *
 * <p>A result that cannot be passed on, because memory is exhausted, is kept here and passed on later. The places for
 * such results are allocated beforehand.
 *
 * <p>Safe for use by any number of threads.
 */
final class InFlightAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(InFlightAttempts.class);

    private static final int SIZE = 256;

    /** A power of two. */
    private static final int STRIPES = 8;

    private static final int MOST_KEPT = 256;

    // The elements of arrays: an AtomicReferenceArray would be one load more for each of them.
    private static final VarHandle OBJECTS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle SEGMENTS = MethodHandles.arrayElementVarHandle(Segment[].class);
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final DoubleSupplier retries;

    /** The number of callbacks for attempts in segments that were dropped. */
    private final AtomicLong heardBefore = new AtomicLong();

    private volatile boolean hasStored;
    private final @Nullable Segment[] current = new Segment[STRIPES];
    private final Set<Segment> unanswered = ConcurrentHashMap.newKeySet();

    /** The retries at the last call of {@link #separate}; used by one thread. */
    private double lastRetries;

    /** The callbacks at the last call of {@link #takeHeard}; used by one thread. */
    private long lastHeard;

    // The fields below are guarded by this.
    private final @Nullable Attempt[] keptAttempts = new Attempt[MOST_KEPT];
    private final @Nullable Object[] keptAnswers = new Object[MOST_KEPT];
    private int kept;

    private volatile boolean hasLostAnswers;

    /** Makes an empty collection of attempts that counts the retries of the producer. */
    InFlightAttempts(DoubleSupplier retries) {
        this.retries = retries;
        this.lastRetries = retries.getAsDouble();
    }

    /** Keeps an attempt that is about to be made, until its {@link AttemptKeeper#answered} is called. */
    void add(Attempt attempt) {
        int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
        while (true) {
            Segment segment = (Segment) SEGMENTS.getAcquire(current, stripe);
            if (segment != null && segment.add(attempt)) {
                return;
            }
            Segment next = new Segment(this, retries.getAsDouble());
            unanswered.add(next);
            if (!SEGMENTS.compareAndSet(current, stripe, segment, next)) {
                unanswered.remove(next); // another thread of the stripe was first
            }
        }
    }

    /**
     * Begins new segments if there were retries since the last call, so that records sent from now on are distinguished
     * from those that can have been sent twice. For one thread.
     */
    void separate() {
        unanswered.forEach(Segment::dropIfAnswered);
        double now = retries.getAsDouble();
        if (now != lastRetries) {
            lastRetries = now;
            beginAnew();
        }
    }

    private void beginAnew() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            Segment segment = (Segment) SEGMENTS.getAndSet(current, stripe, (Segment) null);
            if (segment != null) {
                segment.seal();
            }
        }
    }

    /**
     * Ends the attempts that have no result, for a producer that calls back no more.
     *
     * @param end ends one attempt; false if that is not possible yet
     * @return whether no attempt without a result is left
     */
    boolean endAll(Predicate<Attempt> end) {
        beginAnew();
        boolean all = true;
        for (Segment segment : unanswered) {
            all &= segment.forEach(end);
        }
        return all && unanswered.isEmpty();
    }

    /**
     * Returns whether every attempt has its result, for a producer that begins no more of them: one that is added after
     * this call is dropped. For one thread.
     */
    boolean isDrained() {
        beginAnew();
        unanswered.forEach(Segment::dropIfAnswered);
        return unanswered.isEmpty();
    }

    /** Returns whether there was a callback since the last call. For one thread. */
    boolean takeHeard() {
        long now = heardBefore.get();
        for (Segment segment : unanswered) {
            now += segment.heard();
        }
        boolean more = now != lastHeard;
        lastHeard = now;
        return more;
    }

    /** Keeps a result that cannot be passed on now. It allocates nothing, since memory may be exhausted. */
    private synchronized void keep(Attempt attempt, @Nullable Object answer) {
        if (kept == MOST_KEPT) {
            hasLostAnswers = true;
            return;
        }
        keptAttempts[kept] = attempt;
        keptAnswers[kept] = answer;
        kept++;
    }

    /** Whether a result could not even be kept, so that its attempt will never have another. */
    boolean hasLostAnswers() {
        return hasLostAnswers;
    }

    /**
     * Passes on the results that were kept. If memory is still exhausted, the error is thrown, and the rest stays kept.
     */
    synchronized void passOnKept() {
        while (kept > 0) {
            passOn(keptAttempts[kept - 1], keptAnswers[kept - 1]);
            kept--;
            keptAttempts[kept] = null;
            keptAnswers[kept] = null;
        }
    }

    private static void passOn(@Nullable Attempt attempt, @Nullable Object answer) {
        try {
            if (attempt != null && answer instanceof Exception exception) {
                attempt.answer(null, exception);
            } else if (attempt != null && answer instanceof RecordMetadata metadata) {
                attempt.answer(metadata, null);
            }
        } catch (RuntimeException e) {
            LOG.error("an answer of Kafka's cannot be passed on; its record is UNKNOWN when the publisher closes", e);
        }
    }

    /** The places of attempts that were made one after the other. */
    private static final class Segment implements AttemptKeeper {
        /** Callers write some counters and the I/O thread the other, so they are two cache lines apart. */
        private static final int TAKEN = 16;

        private static final int ANSWERED = 17;
        private static final int CALLED_BACK = 48;
        private static final int COUNTERS = 64;

        private final InFlightAttempts owner;
        private final double retriesBefore;
        private final @Nullable Object[] attempts = new Object[SIZE];
        private final int[] counters = new int[COUNTERS];

        private Segment(InFlightAttempts owner, double retriesBefore) {
            this.owner = owner;
            this.retriesBefore = retriesBefore;
        }

        private boolean add(Attempt attempt) {
            int place = (int) COUNTS.getAndAdd(counters, TAKEN, 1);
            if (place >= SIZE) {
                return false;
            }
            attempt.keeper(this);
            OBJECTS.setRelease(attempts, place, attempt);
            return true;
        }

        /** Makes the segment take no further attempts. */
        private void seal() {
            int taken = (int) COUNTS.getAndAdd(counters, TAKEN, SIZE);
            if (taken < SIZE) {
                answered(SIZE - taken);
            }
        }

        @Override
        public void answered() {
            answered(1);
        }

        private void answered(int more) {
            COUNTS.getAndAdd(counters, ANSWERED, more);
            dropIfAnswered();
        }

        @Override
        public void calledBack(boolean isStored) {
            if (isStored && !owner.hasStored) {
                owner.hasStored = true;
            }
            COUNTS.setRelease(counters, CALLED_BACK, counters[CALLED_BACK] + 1);
            dropIfAnswered();
        }

        private int heard() {
            return (int) COUNTS.getAcquire(counters, CALLED_BACK);
        }

        /**
         * Drops the segment if it has all its results. Two threads that report the last two of them at the same time
         * may each not see the other's; then the watch thread drops it at its next check.
         */
        private void dropIfAnswered() {
            int heard = heard();
            if (heard + (int) COUNTS.getAcquire(counters, ANSWERED) == SIZE && owner.unanswered.remove(this)) {
                owner.heardBefore.addAndGet(heard);
            }
        }

        @Override
        public void keep(Attempt attempt, @Nullable Object answer) {
            owner.keep(attempt, answer);
        }

        @Override
        public KafkaFailure classify(Exception exception) {
            return ErrorClassifier.classify(exception, canBeStored(exception));
        }

        /**
         * Whether a record-specific error may have come after the same record was stored and its acknowledgment lost:
         * true if the producer has sent records again since this segment was begun. An error about a missing producer
         * id proves nothing once the producer has had an id.
         */
        private boolean canBeStored(Exception cause) {
            return owner.retries.getAsDouble() != retriesBefore
                    || (owner.hasStored && cause instanceof ClusterAuthorizationException);
        }

        private boolean forEach(Predicate<Attempt> end) {
            boolean all = true;
            for (int place = 0; place < SIZE; place++) {
                if (OBJECTS.getAcquire(attempts, place) instanceof Attempt attempt) {
                    all &= end.test(attempt);
                }
            }
            return all;
        }
    }
}
