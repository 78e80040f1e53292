// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.facade;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The run that takes minutes, with a few records, so that a change that breaks it is seen at once. */
class FacadeSmokeTest {

    @Test
    void everyCandidateIsInTheReportOfBothSizes() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new FacadeBenchmark(out)).execute(broker.bootstrapServers(), "--smoke");
            assertThat(exit).isZero();
        }
        String report = printed.toString(StandardCharsets.UTF_8);
        assertThat(report)
                .containsSubsequence(
                        "kafka-clients",
                        "compression.type=lz4",
                        "--seed",
                        "100 B, 2,000 records a turn",
                        "CPU ns   to raw's",
                        "KafkaProducer ",
                        "KafkaTemplate ",
                        "Publisher ",
                        "KafkaProducer, one dependent ",
                        "KafkaTemplate, one dependent ",
                        "Publisher, one dependent ",
                        "publishAll, one dependent ",
                        "1,000 B, 2,000 records a turn",
                        "Publisher, one dependent ");
    }

    @Test
    void anUnknownOptionIsAWrongUse() {
        CommandLine command = new CommandLine(new FacadeBenchmark(System.out));
        command.setErr(new PrintWriter(Writer.nullWriter()));

        assertThat(command.execute("127.0.0.1:1", "--smok")).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
