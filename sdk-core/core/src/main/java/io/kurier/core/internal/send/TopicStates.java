// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.CloseReport;
import io.kurier.Topic;
import io.kurier.core.internal.completion.CompletionThread;
import io.kurier.core.internal.completion.CompletionThreads;
import io.kurier.core.internal.completion.FailureLog;
import io.kurier.core.internal.completion.Monitor;
import io.kurier.core.internal.completion.MonitorIntervals;
import io.kurier.core.internal.completion.PublisherFuture;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.metrics.OutcomeCounts;
import io.kurier.core.internal.metrics.PublisherMetrics;
import io.kurier.core.internal.route.Route;
import io.kurier.core.internal.route.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of all topics, with the threads that complete their futures and the monitor that watches them. */
public final class TopicStates {
    private static final Logger LOG = LoggerFactory.getLogger(TopicStates.class);

    /** No topic can have this name. */
    private static final String NO_TOPIC = "(undeclared)";

    private static final Duration MOST_SETTLING = Duration.ofSeconds(5);

    /** How long a close waits after its timeout for the futures queued behind dependents that do not return. */
    private static final Duration MOST_LATE = Duration.ofSeconds(3);

    private static final long BETWEEN_LOOKS_NANOS = 100_000;
    private static final long BETWEEN_LOOKS_AT_QUEUES_NANOS = 1_000_000;

    private final Map<String, TopicState> byAlias = new HashMap<>();
    private final TopicState undeclared;
    private final List<TopicState> all;
    private final List<DeadLetterTopic> deadLetters = new ArrayList<>();
    private final CompletionThreads threads;
    private final Monitor monitor;
    private final FailureLog ofTransactions;
    private final Tracing tracing;

    /** The messages of transactions that have not ended. */
    private final LongAdder transacted = new LongAdder();

    /**
     * Makes the states of all topics, without messages.
     *
     * @param toDeadLetters the way to Kafka of dead letters
     */
    public TopicStates(
            Routes routes,
            Observers observers,
            PublisherMetrics metrics,
            PublishPipeline toDeadLetters,
            MonitorIntervals times,
            ThreadMaker maker) {
        threads = new CompletionThreads(maker);
        monitor = new Monitor(threads, times);
        ofTransactions = monitor.log("transactions of publisher " + metrics.clientId(), "transaction");
        Listeners notified = new Listeners(observers);
        tracing = notified.tracing();
        for (Route route : routes.all()) {
            route.meter(metrics.ofPlugin(route.topic()));
            byAlias.put(route.alias(), topicState(route.alias(), route.topic(), routes, route, metrics, notified));
        }
        undeclared = topicState(NO_TOPIC, NO_TOPIC, routes, null, metrics, notified);
        all = new ArrayList<>(byAlias.values());
        all.add(undeclared);
        for (Route route : routes.all()) {
            if (route.deadLetter() != null) {
                deadLetters.add(deadLetterTopic(route, route.deadLetter(), toDeadLetters, metrics));
            }
        }
        monitor.start(maker);
    }

    private DeadLetterTopic deadLetterTopic(
            Route route, String deadLetter, PublishPipeline pipeline, PublisherMetrics metrics) {
        TopicState from = byAlias.get(route.alias());
        TopicState to = byAlias.get(deadLetter);
        if (from == null || to == null) {
            throw new IllegalArgumentException("the dead-letter topic " + deadLetter + " has no route");
        }
        DeadLetterTopic topic = new DeadLetterTopic(
                from,
                route,
                to,
                pipeline,
                metrics.clientId(),
                monitor.log("dead letters of topic " + route.alias(), "dead letter"));
        from.deadLetters(topic);
        metrics.deadLetters(route.topic(), topic::stored, topic::notStored);
        return topic;
    }

    private TopicState topicState(
            String alias,
            String topic,
            Routes routes,
            @Nullable Route route,
            PublisherMetrics metrics,
            Listeners listeners) {
        return new TopicState(
                alias,
                routes,
                route,
                metrics.topic(topic),
                listeners,
                monitor.queue(alias),
                monitor.log("topic " + alias, "message"));
    }

    /** Returns the state of a topic; undeclared topics share one. */
    public TopicState of(@Nullable Topic<?, ?> topic) {
        TopicState topicState = topic == null ? null : byAlias.get(topic.alias());
        return topicState == null ? undeclared : topicState;
    }

    /** The log of failed transactions. */
    public FailureLog ofTransactions() {
        return ofTransactions;
    }

    public Tracing tracing() {
        return tracing;
    }

    public Monitor monitor() {
        return monitor;
    }

    /** Returns the topic that code declares under an alias, or null. */
    @Nullable
    public Topic<?, ?> declared(String alias) {
        TopicState topicState = byAlias.get(alias);
        return topicState == null ? null : topicState.declared();
    }

    /** Returns whether a topic has a guard that may change records; false if it is not declared. */
    public boolean guardsChangeRecords(String alias) {
        TopicState topicState = byAlias.get(alias);
        return topicState != null && topicState.guardsChangeRecords();
    }

    /** Runs a task that may block; later, if no thread can be created for it now. */
    public CompletableFuture<Void> run(Runnable work) {
        PublisherFuture<Void> done = new PublisherFuture<>();
        threads.run(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                monitor::wake);
        return done;
    }

    /** Returns a future that completes when all completions that are in the queues now are done. */
    public CompletableFuture<Void> caughtUp() {
        return CompletableFuture.allOf(all.stream().map(TopicState::caughtUp).toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Returns the counts, once callers that are inside {@code publish} at this moment have been refused. A caller that
     * a plugin holds for longer than five seconds is counted as unknown, since the plugin's further behaviour is
     * unknown.
     */
    public CloseReport settle() {
        return settle(MOST_SETTLING);
    }

    /** Returns the counts, once no message is open or the time is over; messages open then are counted as unknown. */
    public CloseReport settle(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            OutcomeCounts counts = sum();
            if (counts.open() == 0 || System.nanoTime() - deadline > 0) {
                return counts.report();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /**
     * Counts messages of transactions that have not ended.
     *
     * @param messages by how much there are more; negative if their transaction has ended
     */
    public void addTransacted(long messages) {
        transacted.add(messages);
    }

    /** Returns how many messages are open because their transaction has not ended. */
    public long transacted() {
        return transacted.sum();
    }

    /** Returns the counts of all topics together. */
    public OutcomeCounts sum() {
        return all.stream()
                .map(topicState -> topicState.counts().now())
                .reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
    }

    /** Whether the calling thread completes futures, so that a wait for the queues would wait for this thread. */
    public static boolean isCompleting() {
        return CompletionThread.isWorking();
    }

    /**
     * Called when a close begins: from now on the monitor's thread runs the tasks for which no thread can be created.
     */
    public void closing() {
        monitor.closing();
    }

    /**
     * Waits until the queues are empty, at most the given time. Then dependents that still hold up others are left
     * running, and the others continue concurrently, so that every future completes.
     */
    public void close(Duration timeout) {
        CompletionThread.handOver(); // a dependent may close its own publisher: its queue must end before it does
        int own = isCompleting() ? 1 : 0;
        threads.shutdown();
        monitor.closing();
        boolean interrupted = Thread.interrupted(); // ends the first wait; the second is short
        if (!interrupted) {
            interrupted = await(() -> threads.running() <= own + monitor.exiting() && isAllDone(), timeout, true);
        }
        if (!isAllDone()) {
            monitor.late();
            interrupted |= await(() -> !monitor.isAnythingWaiting(), MOST_LATE, false);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        monitor.end();
    }

    private boolean isAllDone() {
        return monitor.areQueuesIdle() && !monitor.isAnythingWaiting();
    }

    /** Waits for a condition, and returns whether the wait was interrupted. */
    private static boolean await(BooleanSupplier what, Duration atMost, boolean endsByInterrupt) {
        long begin = System.nanoTime();
        boolean interrupted = false;
        while (!what.getAsBoolean() && System.nanoTime() - begin < atMost.toNanos()) {
            LockSupport.parkNanos(BETWEEN_LOOKS_AT_QUEUES_NANOS);
            interrupted |= Thread.interrupted();
            if (interrupted && endsByInterrupt) {
                break;
            }
        }
        return interrupted;
    }

    /** Whether the messages of a topic may become dead letters. */
    public boolean haveDeadLetters() {
        return !deadLetters.isEmpty();
    }

    /**
     * Waits until all messages that may become dead letters have their outcomes, and their dead letters as well; ends
     * early if the thread is interrupted, whose flag stays set.
     *
     * @param flush makes the producer send what waits in batches; may block
     */
    public void settleDeadLetters(Runnable flush, Duration timeout) {
        CompletionThread.handOver(); // a dependent may close its own publisher: dead letters wait in its queue
        long begin = System.nanoTime();
        CompletableFuture<Void> flushed = CompletableFuture.completedFuture(null);
        while (deadLetters.stream().anyMatch(DeadLetterTopic::isBusy)
                && System.nanoTime() - begin < timeout.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            if (flushed.isDone()) { // each dead letter is a new record, which may wait in a batch in turn
                flushed = run(flush);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_AT_QUEUES_NANOS);
        }
    }

    /** Logs the counts of a publisher's close, if some of its messages have failed. */
    public void warnOf(CloseReport report, String clientId) {
        monitor.writeFailures();
        if (report.rejected() + report.notStored() + report.unknown() > 0) {
            LOG.warn(
                    "publisher {}: closed, and of {} messages {} are stored, {} REJECTED, {} NOT_STORED and {} UNKNOWN",
                    clientId,
                    report.accepted(),
                    report.stored(),
                    report.rejected(),
                    report.notStored(),
                    report.unknown());
        }
        long stored = deadLetters.stream().mapToLong(DeadLetterTopic::stored).sum();
        long notStored =
                deadLetters.stream().mapToLong(DeadLetterTopic::notStored).sum();
        if (stored + notStored > 0) {
            LOG.warn("publisher {}: {} dead letters are stored, {} are not", clientId, stored, notStored);
        }
    }
}
