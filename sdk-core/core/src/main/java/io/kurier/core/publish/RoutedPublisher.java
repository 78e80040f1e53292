// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.CloseReport;
import io.kurier.Handle;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.Topic;
import io.kurier.Transactions;
import io.kurier.Work;
import io.kurier.core.closing.ClosingStep;
import io.kurier.core.config.TransactionConfig;
import io.kurier.core.errors.ThrowableText;
import io.kurier.core.metrics.PublisherMetrics;
import io.kurier.core.route.Route;
import io.kurier.core.route.Routes;
import io.kurier.core.time.Durations;
import io.kurier.core.transport.Transport;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.Collection;
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

    private final Routes routes;
    private final Lanes lanes;
    private final Transport transport;
    private final Way way;
    private final TransactionPool transactions;
    private final Waits waits;
    private final PublisherMetrics metrics;
    private final Runnable afterwards;
    private final Executor searches;
    private final UnclosedWarning unclosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** The report, once nothing changes in it any more. */
    private final CompletableFuture<CloseReport> settled = new CompletableFuture<>();

    /** The same, once everything is released. */
    private final CompletableFuture<CloseReport> released = new CompletableFuture<>();

    private volatile @Nullable ShutdownHook hook;

    /**
     * A publisher that is ready.
     *
     * @param routes the declared topics
     * @param transport the way to Kafka; closed with the publisher
     * @param waits how long it may wait
     * @param forTransactions what is said of transactions
     * @param listeners told of every outcome
     * @param metrics where it counts; closed with the publisher
     * @param afterwards run once when all is closed that may call plugins
     */
    public RoutedPublisher(
            Routes routes,
            Transport transport,
            Waits waits,
            TransactionConfig forTransactions,
            Collection<PublishListener> listeners,
            PublisherMetrics metrics,
            Runnable afterwards) {
        this(
                routes,
                transport,
                waits,
                forTransactions,
                listeners,
                metrics,
                afterwards,
                MonitorTimes.DEFAULT,
                ThreadMaker.DAEMONS);
    }

    /** Likewise, with other times and threads. */
    RoutedPublisher(
            Routes routes,
            Transport transport,
            Waits waits,
            TransactionConfig forTransactions,
            Collection<PublishListener> listeners,
            PublisherMetrics metrics,
            Runnable afterwards,
            MonitorTimes times,
            ThreadMaker threads) {
        this.routes = routes;
        this.lanes = new Lanes(routes, listeners, metrics, times, threads);
        this.transport = transport;
        this.way = new Way(transport, closed);
        this.transactions = new TransactionPool(forTransactions, lanes, transport, waits, threads);
        this.waits = waits;
        this.metrics = metrics;
        this.afterwards = afterwards;
        this.searches = oneThread(threads);
        List<String> aliases = routes.all().stream().map(Route::alias).toList();
        this.unclosed = UnclosedWarning.of(this, metrics.clientId(), aliases, lanes.monitor());
    }

    /** A thread that is there while there is something to look for. */
    private static Executor oneThread(ThreadMaker threads) {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> threads.make(work, "kurier-resolve"));
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    @Override
    public CompletableFuture<Receipt> publish(Message<?, ?> message) {
        return carry(message, waits.room());
    }

    @Override
    public CompletableFuture<Receipt> tryPublish(Message<?, ?> message) {
        return carry(message, Duration.ZERO);
    }

    @Override
    public <K, V> CompletableFuture<Receipt> publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return carry(topic, key, value, Extras.NONE, waits.room());
    }

    @Override
    public <K, V> CompletableFuture<Receipt> tryPublish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        return carry(topic, key, value, Extras.NONE, Duration.ZERO);
    }

    private CompletableFuture<Receipt> carry(@Nullable Message<?, ?> message, Duration wait) {
        if (message == null) { // from callers outside null-checked code
            Delivery nothing = Delivery.begin(lanes.of(null), null, null, null, Extras.NONE);
            nothing.refused(Routes.noTopic());
            return nothing;
        }
        return carry(message.topic(), message.key(), message.value(), Extras.of(message), wait);
    }

    private CompletableFuture<Receipt> carry(
            Topic<?, ?> topic, @Nullable Object key, @Nullable Object value, Extras extras, Duration wait) {
        Lane lane = lanes.of(topic);
        Delivery delivery = Delivery.begin(lane, topic, key, value, extras);
        way.carry(lane, delivery, topic, key, value, extras, wait);
        return delivery;
    }

    @Override
    public <R> CompletableFuture<@Nullable R> transaction(Work<R> work) {
        return transactions.run(work);
    }

    @Override
    public Transactions transactions(String id) {
        return transactions.own(id);
    }

    /** The topic that code declares under an alias, with its types, or null if there is none. */
    public @Nullable Topic<?, ?> declared(String alias) {
        return lanes.declared(alias);
    }

    @Override
    public CompletableFuture<Resolution> resolve(Handle handle) {
        Objects.requireNonNull(handle, "handle");
        PublisherFuture<Resolution> result = new PublisherFuture<>();
        Transport log = transport; // the search must not keep a publisher that nobody else has
        try {
            searches.execute(() -> result.complete(search(log, handle)));
        } catch (Throwable e) { // no thread can be made
            result.complete(notSettled("there is no thread for the search: " + ThrowableText.reason(e)));
        }
        return result;
    }

    private static Resolution search(Transport log, Handle handle) {
        try {
            return log.resolve(handle);
        } catch (Throwable e) { // Kafka's, and whatever else a consumer may throw
            return notSettled("the topic " + handle.topic() + " cannot be read: " + ThrowableText.reason(e));
        }
    }

    private static Resolution notSettled(String reason) {
        return new Resolution.NotSettled(reason);
    }

    @Override
    public CompletableFuture<Void> flush() {
        return closed.get()
                ? CompletableFuture.completedFuture(null)
                : lanes.run(transport::flush).thenCompose(flushed -> lanes.caughtUp());
    }

    /** Lets a shutdown of the JVM close the publisher, if nobody has done so before. */
    public void closeAtShutdown() {
        hook = ShutdownHook.register(this, waits.close());
    }

    @Override
    public void close() {
        close(waits.close());
    }

    @Override
    public CloseReport close(Duration howLong) {
        Duration timeout = Durations.bounded(Objects.requireNonNull(howLong, "timeout"));
        boolean insideWork = transactions.leave();
        if (closed.compareAndSet(false, true)) {
            closeOnce(new CloseTime(timeout), insideWork);
            return settled.join();
        }
        // The close waits for the threads that complete futures, and they must not wait for it.
        CompletableFuture<CloseReport> awaited = insideWork || Lanes.isCompleting() ? settled : released;
        return awaitedReport(awaited, timeout);
    }

    private void closeOnce(CloseTime time, boolean insideWork) {
        try {
            unclosed.closed();
            lanes.closing();
            ClosingStep end = time.begin("Kafka's producers of transactions", () -> transactions.close(time.left()));
            time.await(time.begin("the way to Kafka", () -> transport.close(time.left())));
            time.await(end);
            // What a work holds is settled when it ends, and this one cannot end before the close does.
            settled.complete(insideWork ? lanes.settle(Duration.ZERO) : lanes.settle());
            lanes.close(time.left());
            lanes.warnOf(settled.join(), metrics.clientId());
            time.run("the metrics reporters", metrics::close);
            routes.all().forEach(route -> time.run("the plugins of topic " + route.alias(), route::close));
            time.run("the class loaders of plugins", afterwards);
            ShutdownHook registered = hook;
            if (registered != null) {
                registered.unregister();
            }
        } catch (Throwable e) { // there was no memory for a step, for example: no future may stay open for that
            transport.close(Duration.ZERO);
            lanes.close(Duration.ZERO);
            throw e;
        } finally {
            settled.complete(lanes.settle(Duration.ZERO)); // if something unforeseen was thrown
            released.complete(settled.join());
            time.end();
        }
    }

    /** The report of the first close, or if that takes longer, what is known at this moment. */
    private CloseReport awaitedReport(CompletableFuture<CloseReport> awaited, Duration timeout) {
        try {
            return awaited.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("another close takes longer than {}", timeout, e);
        }
        return settled.getNow(lanes.settle(Duration.ZERO));
    }
}
