// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import com.sun.management.OperatingSystemMXBean;
import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * One turn of one variant, with a publisher that has sent nothing yet: first a flood from one thread, in which rate,
 * bytes and processor time are measured; then a steady rate, at which the time to the acknowledgment is measured from
 * the moment at which a record is due. Used by one thread.
 */
final class Turn {
    /** The most records a second at the steady rate. */
    static final int STEADY_RECORDS = 1_000;

    /** The most bytes of values a second at the steady rate, so that it is no flood. */
    static final long STEADY_BYTES = 5_000_000;

    private static final Duration MOST_WAITING = Duration.ofSeconds(60);

    private final Publisher publisher;
    private final ProducerMetrics metrics;
    private final Sample sample;
    private final Topic<String, ?> topic;
    private int next;

    Turn(Publisher publisher, TemporaryTopic topic, Sample sample) {
        this.publisher = publisher;
        this.metrics = new ProducerMetrics(topic.name());
        this.sample = sample;
        this.topic = topic.topic();
    }

    /**
     * Runs it.
     *
     * @param time the time of each of the two parts
     * @param mostBytes the most bytes of values in the flood
     * @throws TuneException if a record is not stored
     */
    TurnResult run(Duration time, long mostBytes) throws InterruptedException {
        double wireBefore = metrics.outgoingBytes();
        long cpuBefore = cpuNanos();
        long started = System.nanoTime();
        long records = flood(started + time.toNanos(), mostBytes);
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuMicros = cpuBefore < 0 ? Double.NaN : (cpuNanos() - cpuBefore) / 1e3;
        double wire = metrics.outgoingBytes() - wireBefore;
        double ratio = metrics.compressionRatio();
        return new TurnResult(
                records / seconds, wire / seconds, wire / records, ratio, cpuMicros / records, p99Millis(time));
    }

    /** Returns the processor time of this process, or -1 if the JVM does not measure it. */
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }

    private long flood(long until, long mostBytes) throws InterruptedException {
        Queue<CompletableFuture<Receipt>> open = new ArrayDeque<>();
        long records = 0;
        do {
            open.add(publish());
            records++;
            for (CompletableFuture<Receipt> oldest = open.peek(); oldest != null && oldest.isDone(); ) {
                checkStored(open.remove());
                oldest = open.peek();
            }
        } while (System.nanoTime() < until && records * sample.bytesOfOne() < mostBytes);
        await(publisher.flush());
        open.forEach(Turn::checkStored);
        return records;
    }

    private CompletableFuture<Receipt> publish() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Object value = sample.values().get(next);
        next = (next + 1) % sample.values().size();
        return publisher.publish(message(topic, value));
    }

    @SuppressWarnings("unchecked") // the sample has the topic made for its values
    private static <V> Message<String, V> message(Topic<String, V> topic, Object value) {
        return Message.of(topic, null, (V) value);
    }

    private double p99Millis(Duration time) throws InterruptedException {
        long rate = Math.max(1, Math.min(STEADY_RECORDS, STEADY_BYTES / sample.bytesOfOne()));
        long interval = TimeUnit.SECONDS.toNanos(1) / rate;
        int records = (int) Math.max(1, time.toNanos() / interval);
        long[] nanos = new long[records];
        List<CompletableFuture<Receipt>> acknowledged = new ArrayList<>();
        long started = System.nanoTime();
        for (int i = 0; i < records; i++) {
            int index = i;
            long due = started + i * interval;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            acknowledged.add(publish().whenComplete((receipt, failure) -> nanos[index] = System.nanoTime() - due));
        }
        await(publisher.flush());
        acknowledged.forEach(Turn::checkStored);
        Arrays.sort(nanos);
        return nanos[(int) Math.ceil(0.99 * records) - 1] / 1e6;
    }

    private static void await(CompletableFuture<Void> flushed) throws InterruptedException {
        try {
            flushed.get(MOST_WAITING.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw TuneException.ofRun(
                    "the cluster has not acknowledged all records within " + MOST_WAITING.toSeconds()
                            + " s after the last one; try again when it has less to do",
                    e);
        } catch (ExecutionException e) {
            throw TuneException.ofRun("the publisher cannot be flushed: " + e.getCause(), e);
        }
    }

    private static void checkStored(CompletableFuture<Receipt> future) {
        if (future.isCompletedExceptionally()) {
            try {
                future.join();
            } catch (RuntimeException e) {
                Throwable cause = e.getCause() instanceof PublishException failure ? failure : e;
                throw TuneException.ofRun("a record of the sample is not stored: " + cause.getMessage(), cause);
            }
        }
    }
}
