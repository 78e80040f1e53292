// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChangeTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void hasNothingToSayOfAFileThatStayed() throws IOException {
        assertThat(FileChange.since(file(START.minusSeconds(1)), 3, START)).isEmpty();
    }

    @Test
    void tellsOfOneThatGrewOrWasWrittenTo() throws IOException {
        assertThat(FileChange.since(file(START.minusSeconds(1)), 2, START)).hasValueSatisfying(this::saysWritten);
        assertThat(FileChange.since(file(START.plusSeconds(1)), 3, START)).hasValueSatisfying(this::saysWritten);
    }

    @Test
    void tellsOfOneThatIsGone() {
        assertThat(FileChange.since(folder.resolve("gone"), 3, START))
                .contains("it was deleted or renamed while the demo ran");
    }

    private void saysWritten(String words) {
        assertThat(words).startsWith("it was written to while the demo ran");
    }

    private Path file(Instant modified) throws IOException {
        return Files.setLastModifiedTime(Files.write(folder.resolve("a"), new byte[3]), FileTime.from(modified));
    }
}
