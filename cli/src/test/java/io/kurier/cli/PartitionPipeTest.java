// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurier partition} as a filter between two pipes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes and signals of Unix")
class PartitionPipeTest {
    private static final int MANY = 1_000_000;
    private static final int ENDED_BY_SIGTERM = 128 + 15;
    private static final long MOST_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void aMillionKeysNeedLittleMemory() throws Exception {
        Path file = keys();
        Process printing = CommandProcess.of("-Xmx32m", "partition", "--partitions=12")
                .redirectInput(file.toFile())
                .start();
        assertThat(printing.inputReader(UTF_8).lines().count()).isEqualTo(MANY);
        assertEnded(printing, 0);

        Process counting = CommandProcess.of("-Xmx32m", "partition", "--partitions=12", "--stats", "--json")
                .redirectInput(file.toFile())
                .start();
        assertThat(counting.inputReader(UTF_8).readLine()).contains("\"keys\":1000000,");
        assertEnded(counting, 0);
    }

    @Test
    void aReaderThatHasEnoughEndsItQuietly() throws Exception {
        Process process = CommandProcess.of("-Xmx32m", "partition", "--partitions=12")
                .redirectInput(keys().toFile())
                .start();
        assertThat(process.inputReader(UTF_8).readLine()).endsWith("\tkey-0");
        process.getInputStream().close();
        assertEnded(process, 0);
    }

    /** As in {@code tail -f keys | kurier partition ... | ...}. */
    @Test
    void keysAreAnsweredWhileTheInputPauses() throws Exception {
        Process process =
                CommandProcess.of("-Xmx32m", "partition", "--partitions=6").start();
        OutputStream in = process.getOutputStream();
        for (int i = 0; i < 3; i++) {
            in.write("kafka\n21\nbegun".getBytes(UTF_8));
            in.flush();
            assertThat(process.inputReader(UTF_8).readLine()).isEqualTo(i == 0 ? "4\tkafka" : "1\tbegunkafka");
            assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("0\t21");
        }
        process.toHandle().destroy(); // SIGTERM, while it waits for the end of a line
        assertEnded(process, ENDED_BY_SIGTERM);
    }

    @Test
    void aFullDiskIsAnError() throws Exception {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            return;
        }
        Process process = CommandProcess.of("-Xmx32m", "partition", "--partitions=6")
                .redirectInput(keys().toFile())
                .redirectOutput(full.toFile())
                .start();
        assertThat(process.errorReader(UTF_8).readLine()).startsWith("kurier: standard output cannot be written: ");
        assertEnded(process, ExitCode.DIFFERS);
    }

    private Path keys() throws IOException {
        Path file = folder.resolve("keys.txt");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < MANY; i++) {
                writer.write("key-" + i + "\n");
            }
        }
        return file;
    }

    private static void assertEnded(Process process, int exitCode) throws Exception {
        assertThat(process.errorReader(UTF_8).lines()).isEmpty();
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
    }
}
