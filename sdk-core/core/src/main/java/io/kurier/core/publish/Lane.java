// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.errors.FailureLog;
import io.kurier.core.errors.ThrowableText;
import io.kurier.core.metrics.TopicCounts;
import io.kurier.core.route.Route;
import io.kurier.core.route.Routes;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.PublishListener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topic's part of a publisher: its route, its counts, and the queue in which its futures complete.
 *
 * <p>One thread at a time works the queue off, so futures complete in the order of their outcomes, and a dependent that
 * blocks holds its own topic only. The queue is a stack of what waits, linked to each other, which the working thread takes
 * whole and turns around: an acknowledgment costs Kafka's I/O thread one compare-and-set and no object.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /**
     * How often the working thread lets others run before it goes. Acknowledgments come in bursts, a batch at a time, and
     * waking a thread for every few of them cost some 300 ns of CPU time a record of 1,000 B.
     */
    private static final int YIELDS = 10;

    /** Stands in the place of the newest while no thread works the queue off. */
    private static final Object IDLE = new Object();

    private final String alias;
    private final Routes routes;
    private final @Nullable Route route;
    private final @Nullable Placement leftToKafka;
    private final TopicCounts counts;
    private final List<PublishListener> listeners;
    private final Executor threads;

    /** The newest that waits; null while a thread works off what was there. */
    private final AtomicReference<@Nullable Object> newest = new AtomicReference<>(IDLE);

    Lane(
            String alias,
            Routes routes,
            @Nullable Route route,
            TopicCounts counts,
            List<PublishListener> listeners,
            Executor threads) {
        this.alias = alias;
        this.routes = routes;
        this.route = route;
        this.leftToKafka = route == null || route.hasPartitioner() ? null : Placement.leftToKafka(route);
        this.counts = counts;
        this.listeners = listeners;
        this.threads = threads;
    }

    String alias() {
        return alias;
    }

    String topic() {
        return route == null ? alias : route.topic();
    }

    /** The topic as code declares it, or null. */
    @Nullable
    Topic<?, ?> declared() {
        return route == null ? null : route.declared();
    }

    /**
     * The route of a message's topic.
     *
     * @throws PublishException if this is the lane of topics that nobody declared
     */
    Route routeOf(@Nullable Topic<?, ?> topicOfMessage) {
        return route == null ? routes.of(topicOfMessage) : route;
    }

    /** Where a message of one record goes. */
    Placement placement(Extras extras) {
        if (leftToKafka != null && extras.partition() == null) {
            return leftToKafka;
        }
        return Placement.of(Objects.requireNonNull(route, "only messages with a route are placed"), extras.partition());
    }

    TopicCounts counts() {
        return counts;
    }

    /** Whether the message that comes now is to be timed; listeners are told the time of every one. */
    boolean timesNext() {
        return hasListeners() || counts.times().wantsNext();
    }

    PublishException failure(KafkaFailure answer) {
        return new PublishException(
                alias,
                Stage.SEND,
                answer.outcome(),
                answer.retriable(),
                ThrowableText.reason(answer.cause()),
                answer.cause(),
                answer.handle());
    }

    /** Lets something have its turn, on a thread of Kurier's own. */
    void add(Turn turn) {
        Object before;
        do {
            before = newest.get();
            turn.next(before == IDLE ? null : (Turn) before);
        } while (!newest.compareAndSet(before, turn));
        if (before == IDLE) {
            threads.execute(this);
        }
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Completes when all that stands in the queue now is done. */
    Mark caughtUp() {
        Mark mark = new Mark();
        add(mark);
        return mark;
    }

    @Override
    public void run() {
        do {
            Turn turn = inOrder((Turn) newest.getAndSet(null));
            while (turn != null) {
                Turn behind = turn.next();
                turn.next(null); // a future that a caller keeps must not keep those behind it
                come(turn);
                turn = behind;
            }
        } while (moreComes() || !newest.compareAndSet(null, IDLE));
    }

    /** What depends on the future may throw what {@code CompletableFuture} cannot even wrap. */
    private void come(Turn turn) {
        try {
            turn.come();
        } catch (Throwable e) {
            FailureLog.error(
                    LOG, e, "A dependent of a message of topic {} failed in a way that nobody is told of", alias);
        }
    }

    private boolean moreComes() {
        for (int i = 0; i < YIELDS; i++) {
            if (newest.get() != null) {
                return true;
            }
            Thread.yield();
        }
        return false;
    }

    private static @Nullable Turn inOrder(@Nullable Turn newestFirst) {
        Turn oldestFirst = null;
        while (newestFirst != null) {
            Turn before = newestFirst.next();
            newestFirst.next(oldestFirst);
            oldestFirst = newestFirst;
            newestFirst = before;
        }
        return oldestFirst;
    }

    void tellStored(Receipt receipt, long nanos) {
        for (PublishListener listener : listeners) {
            try {
                listener.stored(alias, receipt, nanos);
            } catch (Throwable e) {
                FailureLog.error(LOG, e, "A listener failed at a message of topic {} that is stored", alias);
            }
        }
    }

    void tellFailed(PublishException failure, long nanos) {
        for (PublishListener listener : listeners) {
            try {
                listener.failed(failure.topic(), failure, nanos);
            } catch (Throwable e) {
                FailureLog.error(
                        LOG,
                        e,
                        "A listener failed at a message of topic {} that is {}",
                        failure.topic(),
                        failure.outcome());
            }
        }
    }
}
