// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Acknowledgments and dependents that come at the same moment: user code must never hold the I/O thread. */
@Timeout(120)
class CompletionRaceTest {
    private static final int MESSAGES = 400_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_JITTER = 120;
    private static final Receipt STORED = new Receipt("one", 0, 1, 1, 1, 1);
    private static final KafkaFailure FAILED =
            new KafkaFailure(Outcome.NOT_STORED, false, new IllegalStateException("scripted"));

    /** A message on its way; {@code answer} is what the I/O thread does, with a failure or not. */
    private record Message(CompletableFuture<Receipt> future, Answer answer) {}

    private interface Answer {
        void tryComplete(boolean failure);
    }

    /** What became of the dependents of so many messages. */
    private record Seen(int messages, int onIoThread, int elsewhere) {}

    @Test
    void runsNoDependentOnTheIoThreadHoweverCloseTheAcknowledgmentComes() {
        Seen seen = racePublisher(Dependents.all());

        assertThat(seen.onIoThread()).isZero();
        assertThat(seen.elsewhere()).isEqualTo(seen.messages());
    }

    @Test
    void completesWhatDependsThroughAllOfAndAnyOf() {
        Seen seen = racePublisher(Dependents.unseen());

        // On the I/O thread in the nanoseconds that Delivery speaks of: how often is printed, and not promised.
        assertThat(seen.onIoThread() + seen.elsewhere()).isEqualTo(seen.messages());
    }

    @Test
    void findsTheDependentsThatAPlainFutureRunsOnTheIoThread() {
        Seen seen = race("a plain future", Dependents.all(), () -> {
            CompletableFuture<Receipt> future = new CompletableFuture<>();
            return new Message(future, failure -> {
                if (failure) {
                    future.completeExceptionally(FAILED.cause());
                } else {
                    future.complete(STORED);
                }
            });
        });

        assertThat(seen.onIoThread()).isPositive();
    }

    private static Seen racePublisher(List<Dependents> dependents) {
        HoldingTransport transport = new HoldingTransport();
        try (RoutedPublisher publisher = ScriptedPublishers.over(transport)) {
            return race(dependents.size() + " ways to depend on a publisher's future", dependents, () -> {
                CompletableFuture<Receipt> future = publisher.publish(ScriptedPublishers.ONE, null, "v");
                Acknowledgment ack = requireNonNull(transport.last);
                return new Message(future, failure -> {
                    if (failure) {
                        ack.failed(FAILED);
                    } else {
                        ack.stored(0, 1, 1, 1);
                    }
                });
            });
        }
    }

    private static Seen race(String what, List<Dependents> ways, Supplier<Message> messages) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtomicReference<@Nullable Runnable> producer = new AtomicReference<>();
        Runnable end = () -> {};
        Thread io = new Thread(() -> work(producer, end), "io");
        io.start();
        AtomicIntegerArray runs = new AtomicIntegerArray(MESSAGES);
        AtomicInteger onIoThread = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        long begin = System.nanoTime();
        int sent = 0;
        while (sent < MESSAGES && System.nanoTime() - begin < MOST_NANOS) {
            int number = sent++;
            Dependents pipeline = ways.get(random.nextInt(ways.size()));
            int ackJitter = random.nextInt(MOST_JITTER);
            int ownJitter = random.nextInt(MOST_JITTER);
            Message message = messages.get();
            hand(producer, () -> {
                spin(ackJitter);
                message.answer().tryComplete(pipeline.ofFailure());
            });
            spin(ownJitter);
            pipeline.register(message.future(), () -> {
                runs.incrementAndGet(number);
                if (Thread.currentThread() == io) {
                    onIoThread.incrementAndGet();
                }
                all.incrementAndGet();
            });
        }
        int count = sent;
        hand(producer, end);
        await().atMost(Duration.ofSeconds(20)).until(() -> all.get() >= count);
        System.out.printf(
                "%s: %,d messages in %,d ms, %d dependents on the I/O thread, seed %d%n",
                what, count, (System.nanoTime() - begin) / 1_000_000, onIoThread.get(), seed);
        for (int i = 0; i < count; i++) {
            assertThat(runs.get(i)).as("runs of dependent %d", i).isEqualTo(1);
        }
        return new Seen(count, onIoThread.get(), all.get() - onIoThread.get());
    }

    private static void work(AtomicReference<@Nullable Runnable> producer, Runnable end) {
        int idle = 0;
        while (true) {
            Runnable task = producer.get();
            if (task == null) {
                pause(idle++);
                continue;
            }
            idle = 0;
            task.run();
            producer.set(null);
            if (task == end) {
                return;
            }
        }
    }

    private static void hand(AtomicReference<@Nullable Runnable> producer, Runnable task) {
        for (int idle = 0; !producer.compareAndSet(null, task); idle++) {
            pause(idle);
        }
    }

    private static void pause(int idle) {
        if (idle % 1_000 == 999) {
            Thread.yield(); // there may be fewer processors than threads
        } else {
            Thread.onSpinWait();
        }
    }

    private static void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }

    /** Keeps the acknowledgment of the newest record for the thread that published it. */
    private static final class HoldingTransport implements Transport {
        private @Nullable Acknowledgment last;

        @Override
        public int partitions(String topic) {
            return 1;
        }

        @Override
        public @Nullable SendRejection attempt(
                EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
            last = acknowledgment;
            return null;
        }

        @Override
        public TransactionalSender transactional(String transactionalId) {
            throw new UnsupportedOperationException("this transport has no transactions");
        }

        @Override
        public Resolution resolve(DeliveryHandle handle) {
            throw new UnsupportedOperationException("this transport keeps nothing");
        }

        @Override
        public void flush() {}

        @Override
        public void close(Duration timeout) {}
    }
}
