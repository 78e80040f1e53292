// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CompressedFilesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void readsAFileOfSeveralPartsAndGoesOnBehindEveryRecord(String kind) throws IOException {
        byte[] content = join(compressed(kind, "one\ntw"), compressed(kind, "o\nthree\n"), compressed(kind, "four"));
        write("a.txt." + kind, content);
        List<SourceRecord> all;
        try (ConnectorRun run = start(Map.of())) {
            all = run.drain();
            assertThat(ConnectorRun.values(all)).containsExactly("one", "two", "three", "four");
            assertThat(all.get(1).sourceOffset().get("position")).isEqualTo(8L);
            assertThat(run.rejected).isEmpty();
            assertThat(run.finished).extracting(ConnectorRun.Finished::bytes).containsExactly(18L);
        }
        for (int stored = 0; stored <= all.size(); stored++) {
            try (ConnectorRun run = start(ConnectorRun.offsetsOf(all.subList(0, stored)))) {
                assertThat(run.drainValues()).isEqualTo(ConnectorRun.values(all.subList(stored, all.size())));
                assertThat(run.rejected).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void isRecognizedByItsFirstBytesAndNotByItsName(String kind) throws IOException {
        write("a.txt", compressed(kind, "one\n"));
        write("b.txt." + kind, "two\n".getBytes(StandardCharsets.US_ASCII));
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly("one", "two");
        }
        try (ConnectorRun run = start(Map.of(), Map.of("compression", "none", "include", "b*"))) {
            assertThat(run.drainValues()).containsExactly("two");
        }
        try (ConnectorRun run = start(Map.of(), Map.of("compression", "none", "include", "a*"))) {
            assertThat(run.drainValues()).doesNotContain("one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void waitsForTheRestOfAFileThatIsStillBeingWritten(String kind) throws IOException {
        byte[] whole = compressed(kind, lines(20_000));
        List<Object> expected = List.of(lines(20_000).split("\n"));
        int half = whole.length / 2;
        Path file = write("a.txt." + kind, Arrays.copyOf(whole, half));
        List<Object> read = new ArrayList<>();
        try (ConnectorRun run = start(Map.of())) {
            read.addAll(ConnectorRun.values(run.poll()));
            Files.write(file, Arrays.copyOfRange(whole, half, whole.length), StandardOpenOption.APPEND);
            read.addAll(run.drainValues());
            while (run.finished.isEmpty()) {
                read.addAll(ConnectorRun.values(run.poll()));
            }
            assertThat(read).isEqualTo(expected);
            assertThat(run.rejected).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void publishesWhatIsReadableOfACutFileAndReportsItOnce(String kind) throws IOException {
        byte[] whole = compressed(kind, lines(200_000));
        write("a.txt." + kind, Arrays.copyOf(whole, whole.length - 10));
        write("b.txt", "fine\n".getBytes(StandardCharsets.US_ASCII));
        List<Object> expected = List.of(lines(200_000).split("\n"));
        try (ConnectorRun run = start(Map.of(), Map.of("batch.records", "100000"))) {
            List<Object> read = new ArrayList<>();
            while (run.rejected.isEmpty()) {
                read.addAll(ConnectorRun.values(run.poll()));
            }
            assertThat(read.remove("fine")).isTrue();
            assertThat(read).hasSizeGreaterThan(1_000).isEqualTo(expected.subList(0, read.size()));
            for (int i = 0; i < 10; i++) {
                run.poll();
            }
            assertThat(run.rejections()).singleElement().asString().contains("end too early or are damaged");
            assertThat(run.finished).hasSize(1);
        }
    }

    @Test
    void reportsDamageAndNotWhatItMakesOfIt() throws IOException {
        byte[] content = compressed("gz", lines(50_000));
        content[content.length / 2] ^= 0x55;
        write("a.txt.gz", content);
        List<String> expected = List.of(lines(50_000).split("\n"));
        try (ConnectorRun run = start(Map.of(), Map.of("batch.records", "100000"))) {
            List<Object> read = new ArrayList<>();
            while (run.rejected.isEmpty() && run.finished.isEmpty()) {
                read.addAll(ConnectorRun.values(run.poll()));
            }
            assertThat(run.finished).isEmpty();
            assertThat(read.size()).isLessThanOrEqualTo(expected.size());
            assertThat(run.rejections()).singleElement().asString().contains("gzip data");
        }
    }

    @Test
    void readsOnWhenAnotherPartIsAppendedAndAnewWhenTheFileIsReplaced() throws IOException {
        Path file = write("a.txt.gz", compressed("gz", "one\n"));
        try (ConnectorRun run = start(Map.of())) {
            List<SourceRecord> first = run.drain();
            Files.write(file, compressed("gz", "two\n"), StandardOpenOption.APPEND);
            assertThat(run.drainValues()).containsExactly("two");
            try (ConnectorRun again = start(ConnectorRun.offsetsOf(first))) {
                assertThat(again.drainValues()).containsExactly("two");
            }
            Files.write(file, compressed("gz", "three\n"));
            assertThat(run.drainValues()).containsExactly("three");
        }
    }

    @Test
    void skipsALineThatExpandsToMoreThanTheLimitInConstantMemory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 700; i++) {
                gzip.write(zeros);
            }
            gzip.write("\nafter\n".getBytes(StandardCharsets.US_ASCII));
        }
        write("a.txt.gz", bytes.toByteArray());
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly("after");
            assertThat(run.rejections()).singleElement().asString().startsWith("line 1: the line has " + (700L << 20));
        }
    }

    @Test
    void doesNotPublishAFileAgainThatIsCompressedUnderItsNameWithAnEnding() throws IOException {
        Path file = write("app-1.txt", "one\ntwo\n".getBytes(StandardCharsets.US_ASCII));
        List<SourceRecord> published;
        try (ConnectorRun run = start(Map.of())) {
            published = run.drain();
            assertThat(published).hasSize(2);
            write("app-1.txt.gz", compressed("gz", "one\ntwo\nlate\n"));
            Files.delete(file);
            assertThat(run.drainValues()).containsExactly("late");
        }
        try (ConnectorRun again = start(ConnectorRun.offsetsOf(published))) {
            assertThat(again.drainValues()).containsExactly("late");
        }
        write("app-1.txt.gz", compressed("gz", "others\nthan\nbefore\n"));
        try (ConnectorRun again = start(ConnectorRun.offsetsOf(published))) {
            assertThat(again.drainValues()).containsExactly("others", "than", "before");
        }
    }

    @Test
    void waitsWhileAFileIsBeingCompressedAndPublishesACopyThatIsKept() throws IOException {
        Path file = write("a.txt", "one\ntwo\n".getBytes(StandardCharsets.US_ASCII));
        byte[] whole = compressed("gz", "one\ntwo\n");
        try (ConnectorRun run = start(Map.of(), Map.of("scan.interval.ms", "100"))) {
            assertThat(run.drain()).hasSize(2);
            Path copy = write("a.txt.gz", Arrays.copyOf(whole, whole.length - 9));
            assertThat(run.poll()).isEmpty();
            Files.write(copy, Arrays.copyOfRange(whole, whole.length - 9, whole.length), StandardOpenOption.APPEND);
            Files.delete(file);
            assertThat(run.drain()).isEmpty();
            assertThat(run.finished).extracting(ConnectorRun.Finished::source).contains(copy.toString());

            write("b.txt", "three\n".getBytes(StandardCharsets.US_ASCII));
            write("b.txt.gz", compressed("gz", "three\n"));
            List<Object> both = new ArrayList<>(run.drainValues());
            while (both.size() < 2) {
                both.addAll(ConnectorRun.values(run.poll()));
            }
            assertThat(both).containsExactly("three", "three");
        }
    }

    @Test
    void readsABinaryFormatWhoseReaderAsksForTheSize() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[] {2, 'a', 'b', 1, 'c'});
        }
        Path file = write("a.bin.gz", bytes.toByteArray());
        try (ConnectorRun run = ConnectorRun.start(new LengthFormat.Connector(), Map.of("path", folder.toString()))) {
            assertThat(run.drainValues()).containsExactly(new byte[] {'a', 'b'}, new byte[] {'c'});
        }
        FoundFile found = FoundFile.of(file, file.toString(), Files.readAttributes(file, BasicFileAttributes.class));
        try (FileInput input = FileInput.open(found, true).decompressed(Compression.GZIP)) {
            assertThat(input.name()).isEqualTo("a.bin");
            assertThat(input.read()).isEqualTo(2);
            assertThat(input.size()).isEqualTo(5);
            assertThat(input.position()).isEqualTo(1);
            assertThat(input.read()).isEqualTo('a');
            input.seek(4);
            assertThat(input.read()).isEqualTo('c');
            assertThat(input.atEnd()).isTrue();
            input.seek(0);
            assertThat(input.readAllBytes()).containsExactly(2, 'a', 'b', 1, 'c');
        }
    }

    private static String lines(int count) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, count)
                .forEach(i -> text.append("line ")
                        .append(Integer.toHexString(i * 0x9E3779B9))
                        .append('\n'));
        return text.toString();
    }

    private static byte[] compressed(String kind, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream to = kind.equals("gz") ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
            to.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private ConnectorRun start(Map<Map<String, ?>, Map<String, ?>> offsets) {
        return start(offsets, Map.of());
    }

    private ConnectorRun start(Map<Map<String, ?>, Map<String, ?>> offsets, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return ConnectorRun.start(new LineFormat.Connector(), properties, offsets, 1, 0);
    }
}
