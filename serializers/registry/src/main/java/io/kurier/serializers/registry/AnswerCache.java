// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.spi.NotReadyException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a registry: one request at a time for each key, without waiting for it. AnswerCache are kept, in a bounded
 * number. A failure is kept for a second, so that a registry that is down is not asked for each record. Safe for use by
 * any number of threads.
 *
 * @param <K> what is asked for, compared by {@code equals}
 * @param <V> the answer
 */
final class AnswerCache<K, V> {
    /** An answer that does not change. */
    static final long FOR_EVER = Long.MAX_VALUE;

    static final long SECOND = 1_000_000_000L;

    /** How long a failure is reported before the registry is asked again. */
    private static final long BACKOFF = SECOND;

    /** A failure that no caller has received yet, since a thread woke up late, is reported for longer. */
    private static final long UNSEEN = 10 * SECOND;

    /** Keys come from records too, and hostile ones must not flood a registry. */
    static final int MOST_UNDER_WAY = 32;

    private final int kept;
    private final ToLongFunction<V> nanosFresh;
    private final boolean servesStale;
    private final LongSupplier clock;
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Entry<V> {
        CompletableFuture<V> request;
        long answeredAt;
        boolean seen;

        /** The answer before this request; null if there is none. */
        @Nullable
        V before;

        Entry(CompletableFuture<V> request) {
            this.request = request;
        }
    }

    /**
     * Creates answers.
     *
     * @param kept the largest number of answers
     * @param nanosFresh how long an answer is used before the registry is asked again
     * @param servesStale whether an answer that is no longer fresh is used until there is a new one
     * @param clock as {@link System#nanoTime}
     */
    AnswerCache(int kept, ToLongFunction<V> nanosFresh, boolean servesStale, LongSupplier clock) {
        this.kept = kept;
        this.nanosFresh = nanosFresh;
        this.servesStale = servesStale;
        this.clock = clock;
    }

    /**
     * Returns an answer.
     *
     * @param awaited what is asked for, and from where
     * @param request sends the request, and does not block
     * @throws NotReadyException while the request is under way
     * @throws UnavailableException if the registry has not answered
     * @throws org.apache.kafka.common.errors.SerializationException if it has refused
     */
    synchronized V get(K key, String awaited, Supplier<CompletableFuture<V>> request) {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            entry = begin(key, awaited, request, null);
        } else if (entry.request.isDone() && isOver(entry)) {
            entry = begin(
                    key, awaited, request, entry.request.isCompletedExceptionally() ? entry.before : value(entry));
        }
        V before = entry.before;
        if (!entry.request.isDone()) {
            if (before != null) {
                return before;
            }
            throw new NotReadyException(awaited, entry.request);
        }
        if (!entry.request.isCompletedExceptionally()) {
            return entry.request.join();
        }
        entry.seen = true;
        Throwable failure = failure(entry.request);
        if (before != null && Failures.isRetriable(failure)) {
            return before;
        }
        throw Failures.forCaller(failure);
    }

    private @Nullable V value(Entry<V> entry) {
        return servesStale ? entry.request.join() : null;
    }

    private boolean isOver(Entry<V> entry) {
        long age = clock.getAsLong() - entry.answeredAt;
        if (entry.request.isCompletedExceptionally()) {
            return age > (entry.seen ? BACKOFF : UNSEEN);
        }
        long fresh = nanosFresh.applyAsLong(entry.request.join());
        return fresh != FOR_EVER && age > fresh;
    }

    private static Throwable failure(CompletableFuture<?> failed) {
        try {
            Object unused = failed.join();
            throw new IllegalStateException("it has not failed");
        } catch (RuntimeException e) {
            return Failures.cause(e);
        }
    }

    private Entry<V> begin(K key, String awaited, Supplier<CompletableFuture<V>> request, @Nullable V before) {
        makeRoom(key, awaited);
        Entry<V> entry = new Entry<>(new CompletableFuture<>());
        entry.before = before;
        entries.put(key, entry);
        CompletableFuture<V> sent;
        try {
            sent = request.get();
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<V> unused = sent.whenComplete((answer, failure) -> end(entry, answer, failure));
        return entry;
    }

    private void end(Entry<V> entry, V answer, @Nullable Throwable failure) {
        synchronized (this) {
            entry.answeredAt = clock.getAsLong();
        }
        if (failure == null) {
            entry.request.complete(answer);
        } else {
            entry.request.completeExceptionally(Failures.cause(failure));
        }
    }

    private void makeRoom(K key, String awaited) {
        CompletableFuture<V> pending = null;
        int underWay = 0;
        for (Map.Entry<K, Entry<V>> each : entries.entrySet()) {
            if (!each.getValue().request.isDone()) {
                underWay++;
                pending = each.getValue().request;
            }
        }
        if (pending != null && underWay >= MOST_UNDER_WAY) {
            throw new NotReadyException(
                    awaited + ", which is asked after " + underWay + " others",
                    pending.handle((answer, failure) -> true));
        }
        Iterator<Map.Entry<K, Entry<V>>> oldest = entries.entrySet().iterator();
        while (entries.size() >= kept && !entries.containsKey(key) && oldest.hasNext()) {
            if (oldest.next().getValue().request.isDone()) {
                oldest.remove();
            }
        }
    }

    /** Returns the number of keys that are kept. */
    synchronized int size() {
        return entries.size();
    }
}
