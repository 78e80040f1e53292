// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.publish;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages and counts their outcomes, with a limited number of them without an outcome. Messages are sent by
 * one thread; outcomes come from others.
 */
final class MessageSender {
    private static final int MOST_OPEN = 10_000;

    private final Publisher publisher;
    private final PublicationListener listener;
    private final Semaphore open = new Semaphore(MOST_OPEN);
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();

    /** The first rejection that each later message would have, too. */
    private volatile @Nullable PublishException end;

    private volatile boolean isSilent;

    MessageSender(Publisher publisher, PublicationListener listener) {
        this.publisher = publisher;
        this.listener = listener;
    }

    /** Publishes a message, when few enough others have no outcome. */
    void send(Message<byte[], Object> message, String place) throws InterruptedException {
        open.acquire();
        CompletableFuture<Receipt> unused = publisher.publish(message).whenComplete((receipt, failure) -> {
            try {
                if (failure == null) {
                    stored.incrementAndGet();
                } else {
                    count(failure, place);
                }
            } finally {
                open.release();
            }
        });
    }

    private void count(Throwable thrown, String place) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (failure instanceof PublishException known) {
            if (known.outcome() == Outcome.REJECTED && known.retriable() && end == null) {
                end = known;
            }
            (known.outcome() == Outcome.UNKNOWN ? unknown : failed).incrementAndGet();
        } else {
            failed.incrementAndGet();
        }
        if (!isSilent) {
            listener.failed(place, String.valueOf(failure.getMessage()));
        }
    }

    /** Reports no more failures, and counts them only: an interrupt leaves thousands of messages without an outcome. */
    void silence() {
        isSilent = true;
    }

    /** Counts a line that has become no message. */
    void refuse(String place, String reason) {
        failed.incrementAndGet();
        listener.failed(place, reason);
    }

    /**
     * Returns why nothing more should be sent: a message has waited in vain for room or for a server, as each further
     * one would. Null if nothing is known to be wrong.
     */
    @Nullable
    PublishException end() {
        return end;
    }

    /** Waits until every message has an outcome. */
    void await() throws InterruptedException {
        CompletableFuture<Void> unused = publisher.flush();
        open.acquire(MOST_OPEN);
        open.release(MOST_OPEN);
    }

    /** Returns the outcomes until now. */
    Counts counts(@Nullable String why, boolean interrupted) {
        return new Counts(stored.get(), failed.get(), unknown.get(), why, interrupted);
    }
}
