// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.benchmarks.clients.AckCounter;
import io.kurier.benchmarks.clients.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An open loop does not let a slow client leave out the records that show how slow it is. */
class SteadyTest {
    private static final byte[][] VALUES = {new byte[10]};

    private final AtomicLong stored = new AtomicLong();

    @Test
    void everyRecordIsDueAtItsOwnMomentWhateverTheSenderDoes() {
        List<Long> due = new ArrayList<>();

        new Pace(1_000, 20).run(moment -> {
            due.add(moment);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2)); // too slow for the pace
        });

        assertThat(due).hasSize(20);
        for (int i = 1; i < due.size(); i++) {
            assertThat(due.get(i) - due.get(i - 1)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void aStallIsPaidForByTheRecordsThatWereDueMeanwhile() {
        long stall = TimeUnit.MILLISECONDS.toNanos(100);
        AtomicLong calls = new AtomicLong();

        RoundResult turn = RoundResult.of(
                new Planted(outcome -> {
                    if (calls.getAndIncrement() == 0) {
                        waitFor(stall);
                    }
                    stored.incrementAndGet();
                    outcome.accept(null);
                }),
                VALUES,
                new Pace(1_000, 100),
                topic -> stored.get());

        // the 50 records due in the first half of the stall waited for at least its second half
        assertThat(turn.latency().getCountBetweenValues(stall / 2, Long.MAX_VALUE / 2))
                .isGreaterThanOrEqualTo(50);
    }

    @Test
    void aFailedRecordEndsTheRun() {
        assertThatThrownBy(() -> RoundResult.of(
                        new Planted(outcome -> outcome.accept(new IllegalStateException("planted"))),
                        VALUES,
                        new Pace(1_000, 3),
                        topic -> stored.get()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sent 3 records: 0 were acknowledged, 3 failed, and the broker has stored 0");
    }

    @Test
    void anAcknowledgmentOfWhatIsNotStoredEndsTheRun() {
        assertThatThrownBy(() -> RoundResult.of(
                        new Planted(outcome -> outcome.accept(null)),
                        VALUES,
                        new Pace(1_000, 3),
                        topic -> stored.get()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sent 3 records: 3 were acknowledged, 0 failed, and the broker has stored 0");
    }

    private static void waitFor(long nanos) {
        long end = System.nanoTime() + nanos;
        long left;
        while ((left = end - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }

    /** What becomes of a record is for the test to say. */
    private record Planted(Consumer<Consumer<@Nullable Throwable>> fate) implements Client<byte[]> {
        @Override
        public String name() {
            return "planted";
        }

        @Override
        public String topic() {
            return "planted";
        }

        @Override
        public void send(byte[] value, Consumer<@Nullable Throwable> outcome) {
            fate.accept(outcome);
        }

        @Override
        public void sendAll(byte[][] values, int from, int to, AckCounter heard, boolean dependent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void transaction(byte[][] values, int from, int to, AckCounter heard) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
