// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.rotation;

import io.kurier.RotationException;
import io.kurier.StartException;
import io.kurier.core.internal.completion.PublisherFuture;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.config.ConfigSources;
import io.kurier.core.internal.config.FileContents;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.RotatedConfig;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rotations of a publisher's credentials, one after the other, each in a thread of its own. Safe for use by any
 * number of threads.
 */
public final class CredentialRotation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialRotation.class);
    private static final String CLOSED = "the publisher is closed";

    private final ConfigSources sources;
    private final PublisherConfig started;
    private final Transport transport;
    private final ThreadMaker threads;
    private final @Nullable FileWatch watch;

    /** What was read last without a problem; used by the thread of a rotation, and by that of the watch. */
    private volatile PublisherConfig read;

    /** The keys that the last warning has named; used by the thread of a rotation. */
    private List<String> named = List.of();

    // The fields below are guarded by this.
    private List<PublisherFuture<Void>> waiting = new ArrayList<>();
    private @Nullable Thread running;
    private boolean closed;

    /**
     * Makes one for a publisher that is connected.
     *
     * @param sources where the configuration was read from
     * @param started the configuration of the start
     * @param contents of the files that are watched, taken when they were read for the start
     * @param transport uses what is read
     */
    public CredentialRotation(
            ConfigSources sources,
            PublisherConfig started,
            FileContents contents,
            Transport transport,
            ThreadMaker threads) {
        this.sources = sources;
        this.started = started;
        this.read = started;
        this.transport = transport;
        this.threads = threads;
        this.watch = started.reloadFiles()
                ? new FileWatch(() -> sources.files(read), this::rotate, contents, started.reloadInterval(), threads)
                : null;
    }

    /** Begins to watch the files, if that is configured. To be called at most once. */
    public void begin() {
        if (watch != null) {
            watch.begin();
        }
    }

    /** Begins a rotation, or another one after that which is running. See {@link io.kurier.Publisher#rotate()}. */
    public CompletableFuture<Void> rotate() {
        PublisherFuture<Void> result = new PublisherFuture<>();
        synchronized (this) {
            if (!closed) {
                waiting.add(result);
                beginNext();
                return result;
            }
        }
        result.completeExceptionally(new RotationException(CLOSED, null));
        return result;
    }

    private synchronized void beginNext() {
        if (running != null || waiting.isEmpty() || closed) {
            return;
        }
        List<PublisherFuture<Void>> callers = waiting;
        waiting = new ArrayList<>();
        try {
            Thread thread = threads.make(() -> run(callers), "kurier-rotate");
            thread.start();
            running = thread;
        } catch (OutOfMemoryError e) { // "unable to create native thread"
            complete(callers, failed("there is no thread for it: " + ThrowableText.reason(e), e));
        }
    }

    /** The next rotation has begun when the futures complete, since a dependent may wait for it. */
    private void run(List<PublisherFuture<Void>> callers) {
        RotationException failure = rotateOnce();
        synchronized (this) {
            running = null;
            beginNext();
        }
        complete(callers, failure);
    }

    private static void complete(List<PublisherFuture<Void>> callers, @Nullable RotationException failure) {
        for (PublisherFuture<Void> caller : callers) {
            if (failure == null) {
                caller.complete(null);
            } else {
                caller.completeExceptionally(failure);
            }
        }
    }

    private @Nullable RotationException rotateOnce() {
        PublisherConfig config = started;
        try {
            PublisherConfig now = sources.again();
            read = now;
            RotatedConfig rotated = RotatedConfig.of(started, now);
            config = rotated.config();
            warnOf(rotated.unused());
            transport.rotate(config);
            LOG.info("Credentials rotated: the publisher is connected with what was read now");
            return null;
        } catch (StartException e) {
            StartException hidden = config.secrets().hideInCauses(e);
            return failed(isClosed() ? CLOSED : String.valueOf(hidden.getMessage()), hidden.getCause());
        } catch (Throwable e) { // of another transport, or for want of memory
            Throwable hidden = config.secrets().hide(ThrowableText.loggable(e));
            return failed(isClosed() ? CLOSED : config.secrets().hide(ThrowableText.reason(e)), hidden);
        }
    }

    private RotationException failed(String reason, @Nullable Throwable cause) {
        RotationException failure = new RotationException(reason, cause);
        if (!isClosed()) {
            LOG.warn("{}", failure.getMessage());
        }
        return failure;
    }

    private void warnOf(List<String> unused) {
        if (!unused.isEmpty() && !unused.equals(named)) {
            LOG.warn(
                    "These keys have changed and need a restart; a rotation uses bootstrap.servers, security.*, ssl.* and"
                            + " sasl.* only: {}",
                    String.join(", ", unused));
        }
        named = unused;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Refuses further rotations, and ends the one that is running unless its producer is about to take over; does not
     * wait for it.
     */
    @Override
    public void close() {
        List<PublisherFuture<Void>> refused;
        synchronized (this) {
            closed = true;
            refused = waiting;
            waiting = new ArrayList<>();
            if (running != null && running != Thread.currentThread()) {
                running.interrupt();
            }
        }
        if (watch != null) {
            watch.close();
        }
        complete(refused, new RotationException(CLOSED, null));
    }
}
