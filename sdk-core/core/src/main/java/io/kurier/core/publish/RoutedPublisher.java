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
import io.kurier.core.config.TransactionConfig;
import io.kurier.core.errors.ThrowableText;
import io.kurier.core.metrics.PublisherMetrics;
import io.kurier.core.route.Routes;
import io.kurier.core.time.Durations;
import io.kurier.core.transport.Transport;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The {@link Publisher} over routes and a transport. */
public final class RoutedPublisher implements Publisher {
    private final Lanes lanes;
    private final Transport transport;
    private final Way way;
    private final TransactionPool transactions;
    private final Waits waits;
    private final PublisherMetrics metrics;
    private final Runnable afterwards;
    private final Executor searches = oneThread();
    private final Object closing = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable CloseReport report;
    private @Nullable ShutdownHook hook;

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
        this.lanes = new Lanes(routes, listeners, metrics);
        this.transport = transport;
        this.way = new Way(transport, closed);
        this.transactions = new TransactionPool(forTransactions, lanes, transport, waits);
        this.waits = waits;
        this.metrics = metrics;
        this.afterwards = afterwards;
    }

    /** A thread that is there while there is something to look for. */
    private static Executor oneThread() {
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "kurier-resolve");
                    thread.setDaemon(true);
                    return thread;
                });
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
            Delivery nothing = Delivery.begin(lanes.of(null));
            nothing.refused(Routes.noTopic());
            return nothing;
        }
        return carry(message.topic(), message.key(), message.value(), Extras.of(message), wait);
    }

    private CompletableFuture<Receipt> carry(
            Topic<?, ?> topic, @Nullable Object key, @Nullable Object value, Extras extras, Duration wait) {
        Lane lane = lanes.of(topic);
        Delivery delivery = Delivery.begin(lane);
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
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return transport.resolve(handle);
                    } catch (Throwable e) { // Kafka's, and whatever else a consumer may throw
                        return new Resolution.NotSettled(
                                "the topic " + handle.topic() + " cannot be read: " + ThrowableText.reason(e));
                    }
                },
                searches);
    }

    @Override
    public CompletableFuture<Void> flush() {
        return closed.get()
                ? CompletableFuture.completedFuture(null)
                : lanes.run(transport::flush).thenCompose(flushed -> lanes.caughtUp());
    }

    /** Lets a shutdown of the JVM close the publisher, if nobody has done so before. */
    public void closeAtShutdown() {
        synchronized (closing) {
            hook = ShutdownHook.register(this, waits.close());
        }
    }

    @Override
    public void close() {
        close(waits.close());
    }

    @Override
    public CloseReport close(Duration howLong) {
        Duration timeout = Durations.bounded(Objects.requireNonNull(howLong, "timeout"));
        synchronized (closing) {
            if (report == null) {
                closed.set(true);
                long deadline = System.nanoTime() + timeout.toNanos();
                CompletableFuture<Void> transactionsEnd = lanes.run(() -> transactions.close(timeout));
                transport.close(timeout);
                transactionsEnd.join();
                report = lanes.settle();
                lanes.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                metrics.close();
                afterwards.run();
                if (hook != null) {
                    hook.unregister();
                }
            }
            return report;
        }
    }
}
