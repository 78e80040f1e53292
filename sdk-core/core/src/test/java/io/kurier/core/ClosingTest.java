// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.Scarcity.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A close ends, with a report that adds up, whatever the broker and the closing thread are in. */
@Timeout(90)
class ClosingTest {

    /** Kafka's I/O thread waits {@code request.timeout.ms} for such a broker, and Kafka's close for that thread. */
    @Test
    void endsWhileABrokerAnswersNothing() {
        Publisher publisher = Scarcity.NO_METADATA.start(Map.of(
                "producer.request.timeout.ms", "600000",
                "producer.delivery.timeout.ms", "900000"));
        List<CompletableFuture<Receipt>> refused = IntStream.range(0, 10)
                .mapToObj(i -> publisher.tryPublish(TOPIC, "k", "v"))
                .toList();

        assertThat(publisher.close(Duration.ZERO)).isEqualTo(new CloseReport(10, 0, 10, 0, 0));
        assertThat(refused).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void endsAtAnInterruptWithAReportAndKeepsTheFlag() throws Exception {
        Publisher publisher = Scarcity.FULL_BUFFER.start(Map.of());
        CompletableFuture<CloseReport> report = new CompletableFuture<>();
        AtomicBoolean flag = new AtomicBoolean();

        Thread closing = new Thread(() -> {
            Thread.currentThread().interrupt();
            CloseReport answer = publisher.close(Duration.ofMinutes(10));
            flag.set(Thread.currentThread().isInterrupted());
            report.complete(answer);
        });
        closing.start();
        closing.join();

        assertThat(report).as("the close answers instead of throwing").isCompleted();
        assertThat(flag).isTrue();
        assertThat(report.join().open()).isZero();
        assertThat(report.join().unknown()).as("what the buffer held").isPositive();
        assertThat(publisher.close(Duration.ZERO)).isEqualTo(report.join());
    }
}
