// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The run that takes minutes, with a few records, so that a change that breaks it is seen at once. */
class SecuritySmokeTest {

    @Test
    void everyGuardIsInBothTables() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new SecurityBenchmark(out)).execute(broker.bootstrapServers(), "--smoke");
            assertThat(exit).isZero();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "random bytes, 1,000 B, 2,000 records",
                        "Publisher ",
                        "Publisher, encrypt ",
                        "Publisher, sign ",
                        "words, 1,000 B, 2,000 records",
                        "Publisher, encrypt ",
                        "Publisher, sign ");
    }
}
