// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
    private static final int LIMIT = 10;

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            |
            a|a
            a/|a
            a//b|a,,b
            a#/b#/|a,b
            a#b/#/|a#b,
            /|
            0123456789/b|0123456789,b
            0123456789#/b|0123456789,b
            0123456789a/b|TOO LONG,b
            0123456789#a/b|TOO LONG,b
            01234567890123456789#/b#|TOO LONG,b
            """)
    void endsLinesAsUnixAndWindowsDo(String text, String lines) throws IOException {
        String input = text == null ? "" : text.replace('/', '\n').replace('#', '\r');
        List<String> found = lines(new ByteArrayInputStream(input.getBytes(ISO_8859_1)));
        assertThat(String.join(",", found).replace('\r', '#')).isEqualTo(lines == null ? "" : lines);
        assertThat(found.isEmpty()).isEqualTo(text == null);
    }

    /** However a stream cuts its bytes into pieces, the lines are the same. */
    @Test
    void piecesOfAStreamDoNotMatter() throws IOException {
        Random random = new Random(18);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) "aaaabbbb\r\n".charAt(random.nextInt(10));
            }
            InputStream small = new ByteArrayInputStream(bytes) {
                @Override
                public synchronized int read(byte[] target, int from, int length) {
                    return super.read(target, from, Math.min(length, 1 + random.nextInt(3)));
                }
            };
            assertThat(lines(small)).isEqualTo(lines(new ByteArrayInputStream(bytes)));
        }
    }

    @Test
    void countsEveryByteOfTheInput() throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream("a\r\nbb\n\n12345678901234\nc".getBytes(ISO_8859_1)), LIMIT);
        List<Long> sizes = new ArrayList<>();
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            sizes.add(line.bytes());
            assertThat(line.number()).isEqualTo(sizes.size());
        }
        assertThat(sizes).containsExactly(3L, 3L, 1L, 15L, 1L);
    }

    private static List<String> lines(InputStream in) throws IOException {
        Lines lines = new Lines(in, LIMIT);
        List<String> found = new ArrayList<>();
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            byte[] content = line.content();
            found.add(content == null ? "TOO LONG" : new String(content, ISO_8859_1));
        }
        return found;
    }
}
