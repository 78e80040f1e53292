// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Publishes in a process in which no further thread can be made: all but a few megabytes of its address space are the stack of
 * one idle thread, and a new thread needs {@code -Xss}. Then it ends that thread, publishes again, and prints what has
 * completed when.
 */
final class ThreadExhaustionChild {
    static final String PLAIN = "futures without a dependent, completed while no thread could be made: ";
    static final String REFUSED = "transactions refused for want of a thread: ";
    static final String WAITED = "dependents, run once threads could be made: ";
    static final String TRANSACTIONS = "transactions of every producer, committed afterwards: ";
    static final String OPEN = "open after a close without threads: ";

    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    private static final Topic<String, String> TWO = Topic.of("two", String.class, String.class);
    private static final long KEPT_FREE_BYTES = 24L << 20;
    private static final int MESSAGES = 100;
    private static final int PRODUCERS = 2;

    private ThreadExhaustionChild() {}

    /** Takes the brokers' addresses and the limit of the address space in bytes. */
    public static void main(String[] args) throws Exception {
        long limit = Long.parseLong(args[1]);
        Publisher publisher = Kurier.start(config(args[0]), ONE, TWO);
        publisher.publish(ONE, "k", "v").join();
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> held = publisher.publish(ONE, "k", "v").thenRun(() -> await(release));

        Filler filler = Filler.of(limit);
        List<CompletableFuture<Receipt>> plain = new ArrayList<>();
        List<CompletableFuture<Long>> dependents = new ArrayList<>();
        List<CompletableFuture<?>> transactions = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            plain.add(publisher.publish(TWO, "k", "v"));
            dependents.add(publisher.publish(TWO, "k", "v").thenApply(Receipt::offset));
        }
        for (int i = 0; i < 2 * PRODUCERS; i++) {
            transactions.add(transaction(publisher));
        }
        await(() -> done(plain) == MESSAGES);
        System.out.println(PLAIN + done(plain));
        System.out.println(REFUSED
                + transactions.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .count());

        filler.end();
        release.countDown();
        held.join();
        await(() -> done(dependents) == MESSAGES && done(transactions) == transactions.size());
        System.out.println(WAITED + done(dependents));
        int committed = 0;
        for (int i = 0; i < 2 * PRODUCERS; i++) {
            committed += transaction(publisher).join();
        }
        System.out.println(TRANSACTIONS + committed);

        CompletableFuture<Void> heldAgain = publisher.publish(ONE, "k", "v").thenRun(() -> await(release));
        Filler last = Filler.of(limit);
        List<CompletableFuture<Long>> late = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            late.add(publisher.publish(TWO, "k", "v").thenApply(Receipt::offset));
        }
        CloseReport report = publisher.close(Duration.ofSeconds(30));
        System.out.println(OPEN + (report.open() + MESSAGES - done(late) + (heldAgain.isDone() ? 0 : 1)));
        last.end();
        System.exit(0);
    }

    private static CompletableFuture<Integer> transaction(Publisher publisher) {
        return publisher.transaction(transaction -> {
            transaction.publish(TWO, "k", "v");
            return 1;
        });
    }

    /**
     * Leaves room for the JVM's own needs, and none for the stack of a thread. The C library frees the stack of an ended thread
     * only when another one ends, so there are some for that.
     */
    private record Filler(Ending filler, List<Ending> others) {
        static Filler of(long limit) {
            List<Ending> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                others.add(Ending.start(0));
            }
            Ending filler = Ending.start(limit - addressSpace() - KEPT_FREE_BYTES);
            if (canMakeThread()) {
                throw new IllegalStateException("a thread can be made in " + (limit - addressSpace()) + " B");
            }
            return new Filler(filler, others);
        }

        void end() {
            filler.end();
            others.forEach(Ending::end);
            await(Filler::canMakeThread);
        }

        private static boolean canMakeThread() {
            try {
                Ending.start(0).end();
                return true;
            } catch (OutOfMemoryError e) {
                return false;
            }
        }
    }

    /** A thread that does nothing until it is to end. */
    private record Ending(Thread thread, CountDownLatch latch) {
        static Ending start(long stackBytes) {
            CountDownLatch latch = new CountDownLatch(1);
            Thread thread = new Thread(null, () -> await(latch), "idle", stackBytes);
            thread.setDaemon(true);
            thread.start();
            return new Ending(thread, latch);
        }

        void end() {
            latch.countDown();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Of this process, in bytes (proc(5), {@code VmSize}). */
    private static long addressSpace() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmSize:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no VmSize in /proc/self/status");
    }

    private static int done(List<? extends CompletableFuture<?>> futures) {
        return (int) futures.stream().filter(CompletableFuture::isDone).count();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> config(String brokers) {
        return Map.of(
                "bootstrap.servers", brokers,
                "topics.management", "create",
                "topics.one.value.serializer", "text",
                "topics.two.value.serializer", "text",
                "application.id", "exhausted",
                "transactions.producers", String.valueOf(PRODUCERS));
    }
}
