// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The script that gives the loopback a rate, where the machine allows that, and that it leaves nothing behind. */
class LinkTest {
    private static final Path SCRIPT = Path.of("link");

    @Test
    void theCommandRunsBehindALoopbackOfTheRateOrTheReasonIsPrinted() throws Exception {
        Result shaped = run("200mbit", "tc", "qdisc", "show", "dev", "lo");

        assertThat(shaped.exit()).isZero();
        if (shaped.printed().contains("skipped: ")) {
            assertThat(shaped.printed()).contains("skipped: a link of 200mbit: ");
        } else {
            assertThat(shaped.printed()).contains("tbf", "rate 200Mbit");
        }
        Path namespaces = Path.of("/run/netns");
        if (Files.isReadable(namespaces)) {
            try (var names = Files.list(namespaces)) {
                assertThat(names.map(Path::toString)).noneMatch(name -> name.endsWith("benchmark-" + shaped.pid()));
            }
        }
    }

    @Test
    void aRateThatIsNoneIsAWrongUse() throws Exception {
        assertThat(run("fast", "true").exit()).isEqualTo(2);
        assertThat(run("1gbit").exit()).isEqualTo(2);
    }

    private record Result(int exit, String printed, long pid) {}

    private static Result run(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "no POSIX machine");
        List<String> command = new ArrayList<>(List.of(SCRIPT.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), printed, process.pid());
    }
}
