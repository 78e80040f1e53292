// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The run that takes minutes, with a few records, so that a change that breaks it is seen at once. */
class InstrumentationSmokeTest {

    @Test
    void everyInstrumentationIsInTheTable() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new InstrumentationBenchmark(out)).execute(broker.bootstrapServers(), "--smoke");
            assertThat(exit).isZero();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "1,000 B, 2,000 records a turn",
                        "Publisher ",
                        "Publisher, Micrometer ",
                        "Publisher, 1 % of spans ",
                        "Publisher, Micrometer, 1 % of spans ",
                        "Publisher, all spans ",
                        "Publisher, Micrometer, all spans ");
    }
}
