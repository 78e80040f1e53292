// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check of imported lines finds what is lost or in another order, and counts duplicates. */
class ImportedLinesTest {
    private final ImportedLines lines = new ImportedLines();

    private void records(String... values) {
        for (String value : values) {
            lines.record(value);
        }
    }

    @Test
    void acceptsEveryLineInOrderAndCountsDuplicates() {
        records("a 0", "b 0", "a 1", "a 0", "a 1", "a 2", "b 1");
        assertThat(lines.faults(Map.of("a", 3, "b", 2))).isEmpty();
        assertThat(lines.duplicates()).isEqualTo(2);
    }

    @Test
    void findsALineThatIsMissingInTheMiddle() {
        records("a 0", "a 2");
        assertThat(lines.faults(Map.of("a", 3))).containsExactly("a: line 2 comes before line 1");
    }

    @Test
    void findsALineThatIsMissingAtTheEndAndAFileThatIsMissing() {
        records("a 0", "a 1");
        assertThat(lines.faults(Map.of("a", 3, "b", 1)))
                .containsExactlyInAnyOrder("a: 2 of 3 lines", "b: 0 of 1 lines");
    }
}
