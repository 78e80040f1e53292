// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The run that takes minutes, with a small file. */
class MediaSmokeTest {

    @Test
    void everyTaskAndEveryClientIsInTheReport() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new MediaBenchmark(out)).execute(broker.bootstrapServers(), "--smoke");
            assertThat(exit).isZero();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "kafka-clients",
                        "-Xmx96m",
                        "compression.type=none",
                        "--seed",
                        "4 MiB, published",
                        "KafkaProducer ",
                        "Publisher ",
                        "4 MiB, read",
                        "KafkaConsumer ",
                        "MediaReader ",
                        "80 pictures of 20,000 B",
                        "KafkaProducer ",
                        "Publisher ",
                        "Publisher, type detected ");
    }

    @Test
    void aMeasurementIsTheSameBehindThePipe() {
        Measurement measurement = new Measurement(1L << 30, 2.5, 1.25, 40L << 20);

        assertThat(Measurement.ofLine(measurement.toLine())).isEqualTo(measurement);
        assertThat(measurement.megabytesPerSecond()).isEqualTo((1L << 30) / 2.5e6);
        assertThat(measurement.cpuSecondsPerGibibyte()).isEqualTo(1.25);
        assertThat(measurement.peakHeapMebibytes()).isEqualTo(40);
    }
}
