// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.benchmarks.clients.AckCounter;
import io.kurier.benchmarks.clients.Client;
import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The run that takes minutes, with a few records, and that the threads divide them without a gap. */
class CallersSmokeTest {

    @Test
    void everyClientIsInTheTableOfEachNumberOfThreads() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new CallersBenchmark(out)).execute(broker.bootstrapServers(), "--smoke");
            assertThat(exit).isZero();
        }
        String report = printed.toString(StandardCharsets.UTF_8);
        assertThat(report)
                .containsSubsequence(
                        "100 B, 4 platform threads",
                        "KafkaProducer ",
                        "KafkaTemplate ",
                        "Publisher ",
                        "100 B, 16 platform threads",
                        "100 B, 64 platform threads",
                        "Publisher ");
        if (Runtime.version().feature() < 21) {
            assertThat(report).contains("virtual threads: not measured").doesNotContain("64 virtual threads");
        } else {
            assertThat(report).containsSubsequence("4 virtual threads", "64 virtual threads", "Publisher ");
        }
    }

    @Test
    void theThreadsTogetherSendEveryRecordOnce() {
        Set<Integer> sent = Collections.synchronizedSet(new TreeSet<>());
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            new Callers<>(new Planted(number -> assertThat(sent.add(number)).isTrue()), 3, executor)
                    .send(new byte[1][], 100, new AckCounter());
        } finally {
            executor.shutdown();
        }
        assertThat(List.copyOf(sent)).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void aFailedThreadEndsTheRun() {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        Planted failing = new Planted(number -> {
            if (number == 7) {
                throw new IllegalArgumentException("planted");
            }
        });
        try {
            assertThatThrownBy(() -> new Callers<>(failing, 2, executor).send(new byte[1][], 10, new AckCounter()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a calling thread failed")
                    .hasMessageContaining("planted");
        } finally {
            executor.shutdown();
        }
    }

    /** Passes the number of each record on. */
    private record Planted(Consumer<Integer> numbers) implements Client<byte[]> {
        @Override
        public String name() {
            return "planted";
        }

        @Override
        public String topic() {
            return "planted";
        }

        @Override
        public void sendAll(byte[][] values, int from, int to, AckCounter heard, boolean dependent) {
            for (int i = from; i < to; i++) {
                numbers.accept(i);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void send(byte[] value, Consumer<@Nullable Throwable> outcome) {
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
