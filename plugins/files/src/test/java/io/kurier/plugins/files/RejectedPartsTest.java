// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When refused parts of the input are reported, and with what. */
@Timeout(120)
class RejectedPartsTest {

    @TempDir
    Path folder;

    @Test
    void reportsARefusedPartWhenTheRecordsBeforeItWereReturned() throws IOException {
        write("a.bin", 1, 'a', 1, 'b', 255, 1, 'c', 255, 255, 1, 'd');
        try (ConnectorRun run = start(Map.of())) {
            assertThat(texts(run.poll())).containsExactly("a", "b");
            assertThat(run.rejected).isEmpty();
            assertThat(texts(run.poll())).containsExactly("c");
            assertThat(run.rejections()).containsExactly("byte 5: refused");
            assertThat(texts(run.drain())).containsExactly("d");
            assertThat(run.rejections()).containsExactly("byte 5: refused", "byte 8: refused", "byte 9: refused");
        }
    }

    @Test
    void reportsABrokenFileWhenTheRecordsBeforeItWereReturned() throws IOException {
        write("a.bin", 1, 'a', 254);
        write("b.bin", 1, 'b');
        try (ConnectorRun run = start(Map.of())) {
            assertThat(texts(run.poll())).containsExactly("a");
            assertThat(run.rejected).isEmpty();
            assertThat(texts(run.poll())).containsExactly("b");
            assertThat(run.rejections()).containsExactly("byte 3: broken");
        }
    }

    @Test
    void reportsEverythingBeforeItSaysThatItHasDrained() throws IOException {
        write("a.bin", 1, 'a', 255);
        try (ConnectorRun run = start(Map.of())) {
            assertThat(texts(run.drain())).containsExactly("a");
            assertThat(run.rejections()).containsExactly("byte 3: refused");
            assertThat(run.finished).hasSize(1);
            assertThat(run.drainedCount()).isEqualTo(1);
        }
    }

    @Test
    void canBeStoppedAfterTheListenerThrewAnException() throws IOException {
        write("a.bin", 1, 'a', 255, 255, 1, 'b');
        List<SourceRecord> before = new ArrayList<>();
        try (ConnectorRun run = start(Map.of())) {
            run.onRejection(() -> {
                throw new IllegalStateException("the task is to fail");
            });
            before.addAll(run.poll());
            assertThatIllegalStateException().isThrownBy(run::poll).withMessage("the task is to fail");
            assertThat(run.rejections()).containsExactly("byte 3: refused");
        }
        try (ConnectorRun again = start(ConnectorRun.offsetsOf(before))) {
            assertThat(texts(again.drain())).containsExactly("b");
            assertThat(again.rejections()).containsExactly("byte 3: refused", "byte 4: refused");
        }
    }

    @Test
    void handsOverTheContentOfALineThatIsNotTooLarge() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "one", StandardCharsets.US_ASCII);
        try (ConnectorRun run = ConnectorRun.start(
                new LineFormat.Connector(), Map.of("path", folder.toString(), "max.record.bytes", "5"))) {
            run.drain();
            Files.writeString(folder.resolve("a.txt"), "one and\nlonger\nshort\n", StandardCharsets.US_ASCII);
            assertThat(ConnectorRun.values(run.drain())).containsExactly("short");
            assertThat(run.rejections())
                    .satisfiesExactly(
                            continued -> assertThat(continued).startsWith("line 1: the line was published"),
                            longer -> assertThat(longer).startsWith("line 2: the line has 6 bytes"));
            assertThat(run.contents).containsExactly(" and".getBytes(StandardCharsets.US_ASCII), null);
        }
    }

    private ConnectorRun start(Map<Map<String, ?>, Map<String, ?>> offsets) {
        return ConnectorRun.start(new LengthFormat.Connector(), Map.of("path", folder.toString()), offsets, 1, 0);
    }

    private static List<String> texts(List<SourceRecord> records) {
        return records.stream()
                .map(record -> new String((byte[]) record.value(), StandardCharsets.US_ASCII))
                .toList();
    }

    private void write(String name, int... bytes) throws IOException {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        Files.write(folder.resolve(name), content);
    }
}
