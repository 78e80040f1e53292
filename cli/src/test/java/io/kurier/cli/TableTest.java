// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void setsNumbersToTheRightAndWordsToTheLeft() {
        Table table = new Table("what", "number", "size", "time", "last");
        table.row("a", Sizes.count(7), Sizes.of(999), Sizes.of(Duration.ZERO), "yes");
        table.row("longer", Sizes.count(1_234_567), Sizes.of(1_500_000_000), Sizes.of(Duration.ofMillis(61_250)), "NO");
        assertThat(printed(table)).isEqualTo("""
                        what       number        size    time  last
                        a               7       999 B   0.0 s  yes
                        longer  1,234,567  1,500.0 MB  61.3 s  NO
                        """);
    }

    @Test
    void leavesALineWithoutColumnsAsItIs() {
        Table table = new Table("what", "number");
        table.row("a", "7");
        table.line("    a line that makes no column wider");
        table.row("b", "12");
        assertThat(printed(table)).isEqualTo("""
                        what  number
                        a          7
                            a line that makes no column wider
                        b         12
                        """);
    }

    @Test
    void isOnlyTitlesWithoutRows() {
        assertThat(printed(new Table("one", "two"))).isEqualTo("one  two\n");
    }

    private static String printed(Table table) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true));
        return text.toString().replace("\r\n", "\n");
    }
}
