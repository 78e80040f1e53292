// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts of one producer that have no answer yet. A producer whose I/O thread has died completes no callback any more,
 * not even when it is closed, and then each attempt is failed from here.
 *
 * <p>Attempts are kept in segments of {@value #SIZE}, of which each stripe of calling threads fills one at a time. A segment
 * counts its answers and is dropped with the last one, so an attempt costs one atomic addition of its caller and one of the
 * I/O thread, and no object of its own.
 *
 * <p>A segment also remembers how many retries the producer had made when it was begun: if there has been none since, none of
 * its records can have been sent twice.
 *
 * <p>An answer that cannot be passed on, because memory is exhausted, is kept here and passed on later. The places for that
 * are made beforehand.
 *
 * <p>Safe for use by any number of threads.
 */
final class InFlightAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(InFlightAttempts.class);

    private static final int SIZE = 256;

    /** A power of two. */
    private static final int STRIPES = 8;

    private static final int MOST_KEPT = 256;

    private final DoubleSupplier retries;
    private final AtomicBoolean heard = new AtomicBoolean();
    private volatile boolean hasStored;
    private final AtomicReferenceArray<@Nullable Segment> current = new AtomicReferenceArray<>(STRIPES);
    private final Set<Segment> unanswered = ConcurrentHashMap.newKeySet();

    /** The retries at the last call of {@link #separate}; for one thread. */
    private double lastRetries;

    // Guarded by this.
    private final @Nullable Attempt[] keptAttempts = new Attempt[MOST_KEPT];
    private final @Nullable Object[] keptAnswers = new Object[MOST_KEPT];
    private int kept;

    private volatile boolean hasLostAnswers;

    /** Counts the retries of the producer. */
    InFlightAttempts(DoubleSupplier retries) {
        this.retries = retries;
        this.lastRetries = retries.getAsDouble();
    }

    /** Keeps an attempt that is about to be made, until its {@link Attempt.Keeper#answered} is called. */
    void add(Attempt attempt) {
        int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
        while (true) {
            Segment segment = current.get(stripe);
            if (segment != null && segment.add(attempt)) {
                return;
            }
            Segment next = new Segment(this, retries.getAsDouble());
            unanswered.add(next);
            if (!current.compareAndSet(stripe, segment, next)) {
                unanswered.remove(next); // another thread of the stripe was first
            }
        }
    }

    /**
     * Begins new segments if there were retries since the last call, so that records handed over from now on are told from
     * those that can have been sent twice. For one thread.
     */
    void separate() {
        double now = retries.getAsDouble();
        if (now != lastRetries) {
            lastRetries = now;
            beginAnew();
        }
    }

    private void beginAnew() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            Segment segment = current.getAndSet(stripe, null);
            if (segment != null) {
                segment.seal();
            }
        }
    }

    /**
     * Lets something end attempts that have no answer; for a producer that answers none any more.
     *
     * @param end ends one attempt; false if that is not possible yet
     * @return whether no attempt without an answer is left
     */
    boolean endAll(Predicate<Attempt> end) {
        beginAnew();
        boolean all = true;
        for (Segment segment : unanswered) {
            all &= segment.forEach(end);
        }
        return all && unanswered.isEmpty();
    }

    /** There was an answer. Called for every record. */
    private void heard() {
        if (!heard.getOpaque()) { // written for every record, it would keep its cache line from the callers
            heard.setOpaque(true);
        }
    }

    /** Whether there was an answer since the last call. */
    boolean takeHeard() {
        return heard.getAndSet(false);
    }

    /** Keeps an answer that cannot be passed on now; makes no object, since there may be no memory. */
    private synchronized void keep(Attempt attempt, @Nullable Object answer) {
        if (kept == MOST_KEPT) {
            hasLostAnswers = true;
            return;
        }
        keptAttempts[kept] = attempt;
        keptAnswers[kept] = answer;
        kept++;
    }

    /** Whether an answer could not even be kept, so that its attempt will never have another. */
    boolean hasLostAnswers() {
        return hasLostAnswers;
    }

    /** Passes on the answers that were kept. If memory is still exhausted, that is thrown, and the rest stays kept. */
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

    /** The places of some attempts that were made one after the other. */
    private static final class Segment implements Attempt.Keeper {
        /** Callers write the one counter and the I/O thread the other, so each has its own two cache lines. */
        private static final int TAKEN = 16;

        private static final int ANSWERED = 48;
        private static final int COUNTERS = 64;

        private final InFlightAttempts owner;
        private final double retriesBefore;
        private final AtomicReferenceArray<@Nullable Attempt> attempts = new AtomicReferenceArray<>(SIZE);
        private final AtomicIntegerArray counters = new AtomicIntegerArray(COUNTERS);

        private Segment(InFlightAttempts owner, double retriesBefore) {
            this.owner = owner;
            this.retriesBefore = retriesBefore;
        }

        private boolean add(Attempt attempt) {
            int place = counters.getAndIncrement(TAKEN);
            if (place >= SIZE) {
                return false;
            }
            attempt.keptBy(this);
            attempts.setRelease(place, attempt);
            return true;
        }

        /** Takes no further attempts. */
        private void seal() {
            int taken = counters.getAndAdd(TAKEN, SIZE);
            if (taken < SIZE) {
                answered(SIZE - taken);
            }
        }

        @Override
        public void answered() {
            answered(1);
        }

        private void answered(int more) {
            if (counters.addAndGet(ANSWERED, more) == SIZE) {
                owner.unanswered.remove(this);
            }
        }

        @Override
        public void heard(boolean isStored) {
            owner.heard();
            if (isStored && !owner.hasStored) {
                owner.hasStored = true;
            }
        }

        @Override
        public void keep(Attempt attempt, @Nullable Object answer) {
            owner.keep(attempt, answer);
        }

        /**
         * Whether an error that is a record's own may have come after the same record was stored, its acknowledgment lost: if
         * the producer has sent records again since this segment was begun. That the producer may not have an id proves nothing
         * once it has had one.
         */
        @Override
        public boolean canBeStored(Exception cause) {
            return owner.retries.getAsDouble() != retriesBefore
                    || (owner.hasStored && cause instanceof ClusterAuthorizationException);
        }

        private boolean forEach(Predicate<Attempt> end) {
            boolean all = true;
            for (int place = 0; place < SIZE; place++) {
                Attempt attempt = attempts.getAcquire(place);
                if (attempt != null) {
                    all &= end.test(attempt);
                }
            }
            return all;
        }
    }
}
