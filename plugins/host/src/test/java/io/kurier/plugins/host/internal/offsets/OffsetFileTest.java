// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class OffsetFileTest {
    private static final OffsetKey KEY = OffsetKey.of("web-log", Map.of("file", "/var/log/a.log"));
    private static final byte[] LINE = OffsetFile.line(KEY, Map.of("position", 4711L));
    private static final byte[] CONTENT = OffsetFile.content(List.of(LINE));

    @Test
    void isReadable() {
        assertThat(CONTENT).asString(UTF_8).matches("""
                        kurier-source-offsets 1
                        \\{"connector":"web-log","partition":\\{"file":"/var/log/a.log"},"offset":\\{"position":4711}}
                        crc32c [0-9a-f]{8}
                        """);
        assertThat(OffsetFile.parse(CONTENT)).isEqualTo(Map.of(KEY, Map.of("position", 4711L)));
        assertThat(OffsetFile.parse(OffsetFile.content(List.of()))).isEmpty();
    }

    @Test
    void noticesThatItIsCutAtAnyByte() {
        for (int length = 0; length < CONTENT.length; length++) {
            byte[] cut = Arrays.copyOf(CONTENT, length);
            assertThatThrownBy(() -> OffsetFile.parse(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(DataException.class);
        }
    }

    @Test
    void noticesAChangeOfAnyBit() {
        for (int bit = 0; bit < CONTENT.length * Byte.SIZE; bit++) {
            byte[] changed = CONTENT.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertThatThrownBy(() -> OffsetFile.parse(changed))
                    .as("bit %d", bit)
                    .isInstanceOf(DataException.class);
        }
    }

    @Test
    void noticesALineThatIsMissing() {
        byte[] two = OffsetFile.content(List.of(LINE, LINE));
        byte[] cut = Arrays.copyOf(two, two.length - LINE.length);
        System.arraycopy(
                two,
                two.length - "crc32c 01234567\n".length(),
                cut,
                cut.length - "crc32c 01234567\n".length(),
                "crc32c 01234567\n".length());
        assertThatThrownBy(() -> OffsetFile.parse(cut)).hasMessageContaining("the checksum in its last line");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> OffsetFile.parse("a=b\n".getBytes(UTF_8)))
                .hasMessage(
                        "its first line is not \"kurier-source-offsets 1\", so it is no file of source offsets, or is"
                                + " damaged");
        assertThatThrownBy(() -> OffsetFile.parse("kurier-source-offsets 2\nanything".getBytes(UTF_8)))
                .hasMessage(
                        "its format is version 2, and this version of Kurier reads 1. Use the version of Kurier that"
                                + " has written it");
        assertThatThrownBy(() -> OffsetFile.parse("kurier-source-offsets 1\n".getBytes(UTF_8)))
                .hasMessage("it is cut: its last line has no checksum");
        assertThatThrownBy(() -> OffsetFile.parse(OffsetFile.content(List.of(LINE, "{}\n".getBytes(UTF_8)))))
                .hasMessage("line 3: it has no connector");
    }
}
