// SPDX-License-Identifier: Apache-2.0
package com.example.testing;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Resolution;
import io.kurier.Topic;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

// region failure-handler
/** One place for failures: tries again what is certainly not stored, and keeps the rest as dead letters. */
public final class FailureHandler implements PublishListener {
    /** Keys as text, values as JSON. */
    public static final Topic<String, Object> DEAD_LETTERS = Topic.of("dead-letters", String.class, Object.class);

    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);
    private static final String RETRY = "retry"; // a header a retry
    private static final int RETRIES = 3;

    private final CompletableFuture<Publisher> publisher = new CompletableFuture<>(); // there is none yet
    private final Set<Topic<?, ?>> topics;
    private final Executor afterPause;

    /**
     * A listener for the start of one publisher.
     *
     * @param topics the topics whose messages it handles: not those of transactions, which are run again as a whole
     * @param pause how long it waits before a retry
     */
    public FailureHandler(Set<Topic<?, ?>> topics, Duration pause) {
        this.topics = topics;
        afterPause = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** To be called after the start: what has failed until then is handled now. */
    public void publishThrough(Publisher started) {
        publisher.complete(started);
    }

    @Override
    public boolean needsMessages() {
        return true;
    }

    @Override
    public void failed(FailedMessage failed) {
        PublishException why = failed.failure();
        // not the exception's message: the words of a serializer or a guard can quote the value
        LOG.warn("{}: {} at {}", failed.topic(), why.outcome(), why.stage());
        Message<?, ?> message = failed.message();
        if (message == null || !topics.contains(message.topic())) {
            return; // such as a dead letter, or it would be another one
        }
        if (why.outcome() == Outcome.UNKNOWN) {
            publisher.thenAccept(through -> lookFor(message, why, through));
        } else if (why.retriable() && retries(message) < RETRIES) {
            publisher.thenAcceptAsync(through -> through.tryPublish(message.withHeader(RETRY, "")), afterPause);
        } else {
            publisher.thenAccept(through -> keep(message, why, through));
        }
    }

    /** Only what is certainly not stored may be published again. */
    private void lookFor(Message<?, ?> message, PublishException why, Publisher through) {
        if (why.handle().isEmpty()) { // the topic has no record.id=true
            keep(message, why, through);
            return;
        }
        through.resolve(why.handle().get()).thenAccept(found -> {
            if (found instanceof Resolution.NotStored && retries(message) < RETRIES) {
                through.tryPublish(message.withHeader(RETRY, ""));
            } else if (!(found instanceof Resolution.Stored)) {
                keep(message, why, through);
            }
        });
    }

    /** The header {@code outcome} says whether it may be stored all the same. */
    private static void keep(Message<?, ?> message, PublishException why, Publisher through) {
        through.tryPublish(Message.of(DEAD_LETTERS, String.valueOf(message.key()), message.value())
                .withHeader("topic", why.topic())
                .withHeader("outcome", why.outcome().name())
                .withHeader("reason", why.getMessage()));
    }

    private static long retries(Message<?, ?> message) {
        return message.headers().stream()
                .filter(header -> header.key().equals(RETRY))
                .count();
    }
    // endregion

    // region close
    /** Closes a publisher, and says what is not stored. */
    public static CloseReport close(Publisher publisher) {
        CloseReport report = publisher.close(Duration.ofSeconds(30));
        if (report.stored() < report.accepted()) {
            LOG.error(
                    "of {} messages {} are stored; {} were rejected, {} are not stored, {} may be stored",
                    report.accepted(),
                    report.stored(),
                    report.rejected(),
                    report.notStored(),
                    report.unknown());
        }
        return report;
    }
    // endregion
}
