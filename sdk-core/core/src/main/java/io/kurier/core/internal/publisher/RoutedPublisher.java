// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.BulkReport;
import io.kurier.CloseReport;
import io.kurier.DeliveryHandle;
import io.kurier.Health;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.Topic;
import io.kurier.TransactionCallback;
import io.kurier.core.internal.closing.CloseDeadline;
import io.kurier.core.internal.closing.ClosingStep;
import io.kurier.core.internal.completion.MonitorIntervals;
import io.kurier.core.internal.completion.PublisherFuture;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.config.TransactionConfig;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.metrics.PublisherMetrics;
import io.kurier.core.internal.rotation.CredentialRotation;
import io.kurier.core.internal.route.Route;
import io.kurier.core.internal.route.Routes;
import io.kurier.core.internal.send.BulkPublish;
import io.kurier.core.internal.send.Delivery;
import io.kurier.core.internal.send.DeliveryCallback;
import io.kurier.core.internal.send.MessageMetadata;
import io.kurier.core.internal.send.Observers;
import io.kurier.core.internal.send.PublishPipeline;
import io.kurier.core.internal.send.TopicState;
import io.kurier.core.internal.send.TopicStates;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.internal.time.Timeouts;
import io.kurier.core.internal.transactions.PinnedSession;
import io.kurier.core.internal.transactions.TransactionManager;
import io.kurier.core.transport.Transport;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Publisher} over routes and a transport. */
public final class RoutedPublisher implements Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedPublisher.class);

    private static final Health CLOSED =
            new Health(false, false, List.of(new Health.Reason(Health.Cause.CLOSED, "the publisher is closed")));

    /** How often the dead letter of one message may be sent. */
    private static final int MOST_DEAD_LETTERS = 3;

    private final Routes routes;
    private final TopicStates topicStates;
    private final Transport transport;
    private final CredentialRotation rotation;
    private final PublishPipeline pipeline;
    private final TransactionManager transactions;
    private final Timeouts timeouts;
    private final HealthCheck healthCheck;
    private final PublisherMetrics metrics;
    private final Runnable afterwards;
    private final Executor searches;
    private final UnclosedWarning unclosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Set later than {@link #closed}: the messages that a close waits for may still become dead letters. */
    private final AtomicBoolean closedToDeadLetters = new AtomicBoolean();

    /** The report, once it no longer changes. */
    private final CompletableFuture<CloseReport> settled = new CompletableFuture<>();

    /** The report, once all resources are released. */
    private final CompletableFuture<CloseReport> released = new CompletableFuture<>();

    private volatile @Nullable ShutdownHook hook;

    /**
     * Makes a publisher that is ready for use.
     *
     * @param routes the declared topics
     * @param transport the transport to Kafka; closed with the publisher
     * @param rotation replaces the transport's credentials; closed with the publisher
     * @param timeouts the limits of its waits
     * @param forTransactions the configuration of transactions
     * @param observers follow every message
     * @param metrics the metrics that it updates; closed with the publisher
     * @param afterwards run once everything that may call plugins is closed
     */
    public RoutedPublisher(
            Routes routes,
            Transport transport,
            CredentialRotation rotation,
            Timeouts timeouts,
            TransactionConfig forTransactions,
            Observers observers,
            PublisherMetrics metrics,
            Runnable afterwards) {
        this(
                routes,
                transport,
                rotation,
                timeouts,
                forTransactions,
                observers,
                metrics,
                afterwards,
                MonitorIntervals.DEFAULT,
                ThreadMaker.DAEMONS);
    }

    /** Makes a publisher as the other constructor does, with other timeouts and threads. */
    RoutedPublisher(
            Routes routes,
            Transport transport,
            CredentialRotation rotation,
            Timeouts timeouts,
            TransactionConfig forTransactions,
            Observers observers,
            PublisherMetrics metrics,
            Runnable afterwards,
            MonitorIntervals times,
            ThreadMaker threads) {
        this.routes = routes;
        this.topicStates = new TopicStates(
                routes,
                observers,
                metrics,
                PublishPipeline.ofDeadLetters(transport, closedToDeadLetters),
                times,
                threads);
        this.transport = transport;
        this.rotation = rotation;
        this.pipeline = new PublishPipeline(transport, closed);
        this.transactions = new TransactionManager(forTransactions, topicStates, transport, timeouts, threads);
        this.timeouts = timeouts;
        this.healthCheck = new HealthCheck(
                transport,
                topicStates::sum,
                topicStates::transacted,
                timeouts.grace(),
                timeouts.standstill(),
                System::nanoTime);
        this.metrics = metrics;
        this.afterwards = afterwards;
        this.searches = oneThread(threads);
        List<String> aliases = routes.all().stream().map(Route::alias).toList();
        this.unclosed = UnclosedWarning.of(this, metrics.clientId(), aliases, topicStates.monitor());
    }

    /** An executor with one thread, which exists while there is a search to run. */
    private static Executor oneThread(ThreadMaker threads) {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> threads.make(work, "kurier-resolve"));
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    @Override
    public CompletableFuture<Receipt> publish(Message<?, ?> message) {
        return submit(message, timeouts.room());
    }

    @Override
    public CompletableFuture<Receipt> tryPublish(Message<?, ?> message) {
        return submit(message, Duration.ZERO);
    }

    @Override
    public <K, V> CompletableFuture<Receipt> publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return submit(topic, key, value, MessageMetadata.NONE, timeouts.room());
    }

    @Override
    public <K, V> CompletableFuture<Receipt> tryPublish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return submit(topic, key, value, MessageMetadata.NONE, Duration.ZERO);
    }

    private CompletableFuture<Receipt> submit(@Nullable Message<?, ?> message, Duration wait) {
        if (message == null) { // from callers outside null-checked code
            Delivery nothing = Delivery.begin(topicStates.of(null), null, null, null, MessageMetadata.NONE);
            nothing.refused(Routes.noTopic());
            return nothing;
        }
        return submit(message.topic(), message.key(), message.value(), MessageMetadata.of(message), wait);
    }

    private CompletableFuture<Receipt> submit(
            Topic<?, ?> topic, @Nullable Object key, @Nullable Object value, MessageMetadata metadata, Duration wait) {
        TopicState topicState = topicStates.of(topic);
        MessageMetadata traced = topicState.traced(metadata);
        Delivery delivery = Delivery.begin(topicState, topic, key, value, traced);
        DeliveryCallback watched =
                topic == null ? delivery : topicState.watched(delivery, topic, key, value, traced, wait);
        pipeline.submit(topicState, watched, topic, key, value, traced, wait);
        return delivery;
    }

    @Override
    public <K, V> CompletableFuture<BulkReport> publishAll(
            Topic<K, V> topic, Iterator<? extends Message<K, V>> messages) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(messages, "messages");
        return new BulkPublish(topicStates.of(topic)).publish(pipeline, topic, messages, timeouts.room());
    }

    @Override
    public <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> work) {
        return transactions.run(work);
    }

    @Override
    public PinnedSession transactionalSession(String id) {
        return transactions.own(id);
    }

    /**
     * Fences the sessions of other processes whose id is a given one followed by a number, and aborts their open
     * transactions; waits for Kafka.
     *
     * @param id what precedes the number
     * @param from the least number
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses it or does not respond in time
     */
    public void fenceSessions(String id, int from) {
        transactions.fenceNumbered(id, from);
    }

    /** Returns the topic that code declares under an alias, with its types, or null if there is none. */
    public @Nullable Topic<?, ?> declared(String alias) {
        return topicStates.declared(alias);
    }

    /** Returns whether a topic has a guard that may change records; false if it is not declared. */
    public boolean guardsChangeRecords(String alias) {
        return topicStates.guardsChangeRecords(alias);
    }

    @Override
    public CompletableFuture<Resolution> resolve(DeliveryHandle handle) {
        Objects.requireNonNull(handle, "handle");
        PublisherFuture<Resolution> result = new PublisherFuture<>();
        Transport log = transport; // the search must not keep an otherwise unreachable publisher
        try {
            searches.execute(() -> result.complete(search(log, handle)));
        } catch (Throwable e) { // no thread can be created
            result.complete(notSettled("there is no thread for the search: " + ThrowableText.reason(e)));
        }
        return result;
    }

    private static Resolution search(Transport log, DeliveryHandle handle) {
        try {
            return log.resolve(handle);
        } catch (Throwable e) { // Kafka's exceptions, and whatever else a consumer may throw
            return notSettled("the topic " + handle.topic() + " cannot be read: " + ThrowableText.reason(e));
        }
    }

    private static Resolution notSettled(String reason) {
        return new Resolution.NotSettled(reason);
    }

    @Override
    public CompletableFuture<Void> flush() {
        if (closed.get()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> flushed = flushOnce();
        if (topicStates.haveDeadLetters()) { // a message becomes one, which may turn out to be too large two times
            for (int i = 0; i < MOST_DEAD_LETTERS; i++) {
                flushed = flushed.thenCompose(before -> flushOnce());
            }
        }
        return flushed;
    }

    private CompletableFuture<Void> flushOnce() {
        return topicStates.run(transport::flush).thenCompose(flushed -> topicStates.caughtUp());
    }

    @Override
    public CompletableFuture<Void> rotate() {
        return rotation.rotate();
    }

    @Override
    public Health health() {
        return closed.get() ? CLOSED : healthCheck.look();
    }

    /** Registers a shutdown hook of the JVM that closes the publisher, unless it is closed before. */
    public void closeAtShutdown() {
        hook = ShutdownHook.register(this, timeouts.close());
    }

    @Override
    public void close() {
        close(timeouts.close());
    }

    @Override
    public CloseReport close(Duration howLong) {
        Duration timeout = Durations.bounded(Objects.requireNonNull(howLong, "timeout"));
        boolean insideWork = transactions.leave();
        if (closed.compareAndSet(false, true)) {
            closeOnce(new CloseDeadline(timeout), insideWork);
            return settled.join();
        }
        // The close waits for the threads that complete futures, so they must not wait for it.
        CompletableFuture<CloseReport> awaited = insideWork || TopicStates.isCompleting() ? settled : released;
        return awaitedReport(awaited, timeout);
    }

    private void closeOnce(CloseDeadline time, boolean insideWork) {
        try {
            unclosed.closed();
            rotation.close();
            if (topicStates.haveDeadLetters()) {
                topicStates.settleDeadLetters(transport::flush, time.left());
            }
            closedToDeadLetters.set(true);
            topicStates.closing();
            ClosingStep end = time.begin("Kafka's producers of transactions", () -> transactions.close(time.left()));
            time.await(time.begin("the way to Kafka", () -> transport.close(time.left())));
            time.await(end);
            // The messages of a callback are settled when it ends, and this callback cannot end before the close does.
            settled.complete(insideWork ? topicStates.settle(Duration.ZERO) : topicStates.settle());
            topicStates.close(time.left());
            topicStates.warnOf(settled.join(), metrics.clientId());
            time.run("the metrics reporters", metrics::close);
            routes.all().forEach(route -> time.run("the plugins of topic " + route.alias(), route::close));
            time.run("the class loaders of plugins", afterwards);
            ShutdownHook registered = hook;
            if (registered != null) {
                registered.unregister();
            }
        } catch (Throwable e) { // out of memory for a step, for example: no future may stay open because of that
            transport.close(Duration.ZERO);
            topicStates.close(Duration.ZERO);
            throw e;
        } finally {
            settled.complete(topicStates.settle(Duration.ZERO)); // if something unforeseen was thrown
            released.complete(settled.join());
            time.end();
        }
    }

    /** Returns the report of the first close or, if that takes longer, the counts known now. */
    private CloseReport awaitedReport(CompletableFuture<CloseReport> awaited, Duration timeout) {
        try {
            return awaited.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("another close takes longer than {}", timeout, e);
        }
        return settled.getNow(topicStates.settle(Duration.ZERO));
    }
}
