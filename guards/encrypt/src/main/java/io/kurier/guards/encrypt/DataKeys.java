// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.encrypt.keys.KeySource;
import io.kurier.guards.encrypt.keys.WrappedKey;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PluginThreads;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data keys of one topic of a publisher, one at a time. The next one is made before the current one ends, on one of
 * the threads for plugins, so that no record waits for it as long as the source of the keys answers. While it does not,
 * the current key is used up to its end; then records are refused, until a key is there. Safe for use by any number of
 * threads.
 */
final class DataKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeySource source;
    private final String described;
    private final long maxUses;
    private final long maxAgeNanos;
    private volatile @Nullable DataKey current;

    // Guarded by this.
    private @Nullable DataKey next;
    private @Nullable CompletableFuture<?> making;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long notBefore = System.nanoTime();
    private String lastFailure = "";
    private CompletableFuture<?> timer = new CompletableFuture<>();
    private boolean closed;

    /**
     * Makes no key yet.
     *
     * @param described names the source and the topic, for errors
     */
    DataKeys(KeySource source, String described, long maxUses, long maxAgeMillis) {
        this.source = source;
        this.described = described;
        this.maxUses = maxUses;
        this.maxAgeNanos = TimeUnit.MILLISECONDS.toNanos(maxAgeMillis);
    }

    /** Makes the first key, which the start awaits; it fails with what the source throws. */
    CompletionStage<?> prepare() {
        return make();
    }

    /**
     * Returns a key that was not at its end just now.
     *
     * @throws NotReadyException if there is none yet
     */
    DataKey get() {
        DataKey key = current;
        if (key == null || key.hasEnded()) {
            return replaced(key);
        }
        if (key.endsSoon()) {
            makeEarly();
        }
        return key;
    }

    private synchronized DataKey replaced(@Nullable DataKey ended) {
        DataKey key = current;
        if (key != ended && key != null && !key.hasEnded()) {
            return key; // another thread was first
        }
        DataKey ready = next;
        next = null;
        if (ready != null && !ready.hasEnded()) {
            current = ready;
            return ready;
        }
        CompletionStage<?> awaited = mayMake() ? make() : pause();
        throw new NotReadyException(
                "a new data key from " + described + (lastFailure.isEmpty() ? "" : ", which fails: " + lastFailure),
                awaited);
    }

    private boolean mayMake() {
        return making != null || System.nanoTime() - notBefore >= 0;
    }

    /** Returns what completes when the pause after a failure is over. */
    private CompletionStage<?> pause() {
        return new CompletableFuture<Object>()
                .completeOnTimeout(this, Math.max(1, notBefore - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private synchronized void makeEarly() {
        if (!closed && (next == null || next.endsSoon()) && making == null && mayMake()) {
            make();
        }
    }

    /** A topic without records has a key for the next one too. */
    private void makeIn(long millis) {
        timer.complete(null);
        CompletableFuture<Object> after = new CompletableFuture<>();
        timer = after;
        after.completeOnTimeout(this, millis, TimeUnit.MILLISECONDS).thenAccept(due -> {
            if (due != null) {
                makeEarly();
            }
        });
    }

    private synchronized CompletableFuture<?> make() {
        CompletableFuture<?> already = making;
        if (already != null) {
            return already;
        }
        CompletableFuture<DataKey> call = PluginThreads.call(this::wrapNew);
        CompletableFuture<?> settled = call.whenComplete(this::note);
        if (!settled.isDone()) {
            making = settled;
        }
        return settled;
    }

    private DataKey wrapNew() throws Exception {
        byte[] bytes = new byte[DataKey.BYTES];
        RANDOM.nextBytes(bytes);
        try {
            WrappedKey wrapped = source.wrap(bytes.clone());
            return new DataKey(wrapped, DataKey.Secret.of(bytes), RANDOM, maxUses, maxAgeNanos);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private synchronized void note(@Nullable DataKey made, @Nullable Throwable failure) {
        making = null;
        if (closed) {
            return;
        }
        if (made != null) {
            next = made;
            pauseMillis = FIRST_PAUSE_MILLIS;
            notBefore = System.nanoTime();
            makeIn(TimeUnit.NANOSECONDS.toMillis(maxAgeNanos / 4 * 3) + 1);
            if (!lastFailure.isEmpty()) {
                lastFailure = "";
                LOG.info("A new data key from {} is there: records are encrypted with it from now on", described);
            }
            return;
        }
        boolean first = lastFailure.isEmpty();
        lastFailure = failure == null ? "" : String.valueOf(failure.getMessage());
        notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        makeIn(pauseMillis + 1);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        if (first) {
            DataKey key = current;
            LOG.warn(
                    "No new data key from {}: {}. It is tried again; {}",
                    described,
                    lastFailure,
                    key == null || key.hasEnded()
                            ? "until then records of the topic are refused"
                            : "records are encrypted with the current one until it may be used no more");
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            timer.complete(null); // also takes it off the JDK's own timer
        }
        source.close();
    }
}
