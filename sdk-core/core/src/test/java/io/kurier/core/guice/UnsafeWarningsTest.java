// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flag that README and docs/guice.md name is enough: JDK 24 and newer then warn of nothing. */
class UnsafeWarningsTest {
    private static final String FLAG = "-Dguice_bytecode_gen_option=DISABLED";
    private static final int WARNS_SINCE = 24;

    @TempDir
    private Path folder;

    @Test
    void theJvmSaysNothingWithTheFlag() throws IOException, InterruptedException {
        assertThat(run(FLAG)).isEqualTo("stored at offset 42\n");
    }

    @Test
    void itWarnsWithoutTheFlag() throws IOException, InterruptedException {
        assumeTrue(
                Runtime.version().feature() >= WARNS_SINCE,
                "this JDK does not warn of Unsafe yet; the other test sees nothing either way");
        assertThat(run()).contains("WARNING: A terminally deprecated method in sun.misc.Unsafe has been called");
    }

    private String run(String... options) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QuietRun.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("the other JVM has ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
