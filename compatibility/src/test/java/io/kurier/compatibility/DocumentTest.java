// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTest {
    private static final Result GOOD = new Result(Cell.parse("4.0.2:4.3.1"), 30, 0, "", Duration.ofSeconds(40));
    private static final Result REFUSED =
            new Result(Cell.parse("4.1.1:4.3.1:refused"), 3, 0, "", Duration.ofSeconds(2));

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(
                folder.resolve("page.md"),
                "before\n<!-- written by compatibility/run from what happened -->\n<!-- end -->\nafter\n");
    }

    @Test
    void showsTheRunThatItWasWrittenFrom() throws IOException {
        Document document = new Document(file);
        assertThat(document.holds(List.of(GOOD, REFUSED), "check")).isFalse();
        assertThat(document.holds(List.of(GOOD, REFUSED), "update")).isTrue();
        assertThat(document.holds(List.of(GOOD, REFUSED), "check")).isTrue();
        assertThat(document.holds(List.of(GOOD), "check")).isFalse();
        assertThat(document.holds(List.of(GOOD), "leave")).isTrue();
        assertThat(file)
                .content()
                .startsWith("before\n")
                .endsWith("\nafter\n")
                .contains("| 4.0.2 | 4.3.1 | 30 checks passed |", "| 4.1.1 | 4.3.1 | the start is refused |");
    }

    @Test
    void aCellIsGoodOnlyIfChecksHaveRunAndAllHavePassed() {
        Cell cell = Cell.parse("4.0.2:4.3.1");
        assertThat(GOOD.isGood()).isTrue();
        assertThat(new Result(cell, 0, 0, "", Duration.ZERO).isGood()).isFalse();
        assertThat(new Result(cell, 30, 1, "", Duration.ZERO).isGood()).isFalse();
        assertThat(new Result(cell, 30, 0, "not done after 300 s", Duration.ZERO).isGood())
                .isFalse();
    }
}
