// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobChunksTest {
    private static final int CHUNK = BlobChunks.MIN_CHUNK_BYTES;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK})
    void whatFitsIsOneRecordOfTheBytesThemselves(int size) throws IOException {
        byte[] bytes = bytes(size);
        for (Blob blob : blobs(bytes)) {
            List<Sent> records = Sent.of(blob.named("a.bin"));
            assertThat(records).singleElement().satisfies(record -> {
                assertThat(Arrays.equals(record.value(), bytes)).isTrue();
                assertThat(record.headerNames()).containsExactly("content-type", "media.name");
                assertThat(record.header("media.name")).isEqualTo("a.bin");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, -1})
    void whatIsLargerIsChunksAndAManifest(int wanted) throws IOException {
        long seed = System.nanoTime();
        int size = wanted > 0 ? wanted : 40 * CHUNK + new Random(seed).nextInt(CHUNK);
        byte[] bytes = bytes(size);
        int chunks = (size + CHUNK - 1) / CHUNK;
        for (Blob blob : blobs(bytes)) {
            List<Sent> records = Sent.of(blob.named("b\u00FC"));
            assertThat(records).as("seed %d, size %d", seed, size).hasSize(chunks + 1);
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            String id = records.get(0).header("media.id");
            for (int i = 0; i < chunks; i++) {
                Sent chunk = records.get(i);
                joined.write(chunk.value());
                assertThat(chunk.value().length).isBetween(1, CHUNK);
                assertThat(chunk.headerNames()).containsExactly("content-type", "media.chunk", "media.id");
                assertThat(chunk.header("media.chunk")).isEqualTo(String.valueOf(i));
                assertThat(chunk.header("media.id")).isEqualTo(id);
            }
            assertThat(Arrays.equals(joined.toByteArray(), bytes)).isTrue();
            Sent manifest = records.get(chunks);
            assertThat(manifest.headerNames()).containsExactly("content-type", "media.id", "media.manifest");
            assertThat(manifest.header("media.manifest")).isEqualTo("1");
            assertThat(new String(manifest.value(), UTF_8))
                    .matches("\\{\"size\":" + size + ",\"chunks\":" + chunks
                            + ",\"sha256\":\"[0-9a-f]{64}\",\"contentType\":\"[a-z/-]+\",\"name\":\"b\u00FC\"}");
            assertThat(UUID.fromString(id).version()).isEqualTo(4);
        }
    }

    @Test
    void eachPublishingHasAnIdOfItsOwn() throws IOException {
        Blob blob = Blob.of(bytes(CHUNK + 1));
        assertThat(Sent.of(blob).get(0).header("media.id"))
                .isNotEqualTo(Sent.of(blob).get(0).header("media.id"));
    }

    @Test
    void theRecordsUnderAGivenIdAreThoseOfTheFirstTime() throws IOException {
        byte[] bytes = bytes(3 * CHUNK + 7);
        List<Sent> first = Sent.of(Blob.of(bytes).named("a"));
        UUID id = UUID.fromString(first.get(0).header("media.id"));
        try (BlobChunks chunks = new BlobChunks(Blob.of(bytes).named("a"), CHUNK, id)) {
            List<Sent> again = Sent.all(chunks);
            assertThat(again).hasSameSizeAs(first);
            for (int i = 0; i < first.size(); i++) {
                assertThat(again.get(i).value()).isEqualTo(first.get(i).value());
                assertThat(again.get(i).headers()).isEqualTo(first.get(i).headers());
            }
        }
    }

    @Test
    void aHugeBlobPassesChunkByChunkWithoutBeingHeld() throws IOException {
        long size = (256L << 20) + 12_345;
        long mostAhead = 0;
        Counted source = new Counted(size);
        MediaReader<String> reader = new MediaReader<>(BlobStore.digestOnly(), lost -> {});
        List<ReceivedBlob<String>> received = new ArrayList<>();
        try (BlobChunks chunks = new BlobChunks(Blob.of(source), BlobChunks.DEFAULT_CHUNK_BYTES)) {
            long given = 0;
            long offset = 0;
            RecordHeaders headers = new RecordHeaders();
            for (byte[] value = chunks.next(headers); value != null; value = chunks.next(headers)) {
                given += chunks.isComplete() ? 0 : value.length;
                mostAhead = Math.max(mostAhead, source.given - given);
                reader.read(new Sent(value, headers).at(0, offset++)).ifPresent(received::add);
                assertThat(reader.unfinished()).hasSizeLessThanOrEqualTo(1);
                headers = new RecordHeaders();
            }
        }
        assertThat(mostAhead)
                .as("bytes taken from the source before they were answered")
                .isEqualTo(1);
        assertThat(received).singleElement().satisfies(blob -> {
            assertThat(blob.size()).isEqualTo(size);
            assertThat(blob.content()).isEqualTo(blob.sha256());
        });
    }

    /** As many bytes as wanted, of which it counts how many it gave. */
    private static final class Counted extends InputStream {
        private final long size;
        private long given;

        Counted(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            return given == size ? -1 : (int) (given++ & 0x7F);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = (int) Math.min(length, size - given);
            for (int i = 0; i < count; i++) {
                target[offset + i] = (byte) ((given + i) * 31);
            }
            given += count;
            return count == 0 && length > 0 ? -1 : count;
        }
    }

    @Test
    void everyAnswerIsAnArrayOfItsOwn() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(3 * CHUNK)));
        byte[] second = records.get(1).value().clone();
        Arrays.fill(records.get(0).value(), (byte) 0);
        assertThat(records.get(1).value())
                .isEqualTo(second)
                .isNotSameAs(records.get(2).value());
    }

    @Test
    void bytesInMemoryThatFitAreNotCopied() throws IOException {
        byte[] bytes = bytes(CHUNK);
        assertThat(Sent.of(Blob.of(bytes).named("a")))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isSameAs(bytes));
    }

    @Test
    void aStreamThatFailsHalfWayGetsNoManifest() throws IOException {
        try (BlobChunks chunks = new BlobChunks(Blob.of(Sent.failing(bytes(CHUNK + 5))), CHUNK)) {
            assertThat(chunks.next(new RecordHeaders())).hasSize(CHUNK);
            assertThatThrownBy(() -> chunks.next(new RecordHeaders()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the cable is out");
            assertThatThrownBy(() -> chunks.next(new RecordHeaders()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("anew");
            assertThat(chunks.isComplete()).isFalse();
        }
    }

    @Test
    void aFileThatChangesWhileItIsReadGetsNoManifest() throws IOException {
        Path file = Files.write(folder.resolve("grows"), bytes(CHUNK + 5));
        try (BlobChunks chunks = new BlobChunks(Blob.of(file), CHUNK)) {
            assertThat(chunks.next(new RecordHeaders())).hasSize(CHUNK);
            Files.write(file, bytes(1), StandardOpenOption.APPEND);
            assertThatThrownBy(() -> chunks.next(new RecordHeaders()))
                    .hasMessageContaining("changed while it was read");
            assertThat(chunks.isComplete()).isFalse();
        }
    }

    @Test
    void guessesTheContentTypeFromBytesAndName() throws IOException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
        assertThat(type(Blob.of(png))).isEqualTo("image/png");
        assertThat(type(Blob.of(png).named("a.txt"))).isEqualTo("image/png");
        assertThat(type(Blob.of("%PDF-1.7\n".getBytes(US_ASCII)))).isEqualTo("application/pdf");
        assertThat(type(Blob.of("a,b\n".getBytes(US_ASCII)).named("a.csv"))).isEqualTo("text/csv");
        assertThat(type(Blob.of(new byte[] {0, 1, 2, (byte) 0xFE}))).isEqualTo("application/octet-stream");
        assertThat(type(Blob.of(new byte[0]))).isEqualTo("application/octet-stream");
        assertThat(type(Blob.of(png).contentType("image/x-mine"))).isEqualTo("image/x-mine");
    }

    /** The types that are recognized without Tika. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FFD8FFE000104A46",
                "FFD8FFDB",
                "89504E470D0A1A0A0000000D49484452",
                "474946383961",
                "474946383761"
            })
    void picturesHaveTheTypeThatTikaDetects(String hex) throws IOException {
        MimeTypes tika = MimeTypes.getDefaultMimeTypes();
        byte[] start = HexFormat.of().parseHex(hex);
        for (int size : new int[] {start.length, 100, 20_000}) {
            byte[] bytes = Arrays.copyOf(bytes(Math.max(size, start.length)), size);
            System.arraycopy(start, 0, bytes, 0, start.length);
            for (String name : new String[] {"a.jpg", "a.png", "a.txt", "a.ai", "a.pdf", "a.zip", "a"}) {
                Metadata hints = new Metadata();
                hints.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
                assertThat(ContentTypes.detect(bytes, name))
                        .as(name)
                        .isEqualTo(tika.detect(new ByteArrayInputStream(bytes), hints)
                                .toString());
            }
        }
    }

    @Test
    void guessesTheTypeOfXmlThatWouldGrowOrReadOtherFilesWithoutDoingSo() throws IOException {
        StringBuilder bomb =
                new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///gone\" [<!ENTITY e0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            bomb.append("<!ENTITY e" + i + " \"&e" + (i - 1) + ";&e" + (i - 1) + ";\">");
        }
        bomb.append("]><a x=\"&e39;\">&e39;</a>");
        assertThat(type(Blob.of(bomb.toString().getBytes(US_ASCII)).named("a.xml")))
                .isEqualTo("application/xml");
    }

    private static String type(Blob blob) throws IOException {
        return Sent.of(blob).get(0).header("content-type");
    }

    @Test
    void refusesChunksThatAreTooSmallOrTooLarge() {
        Blob blob = Blob.of(new byte[0]);
        assertThatThrownBy(() -> new BlobChunks(blob, CHUNK - 1)).hasMessageContaining("1024");
        assertThatThrownBy(() -> new BlobChunks(blob, (1 << 30) + 1)).hasMessageContaining("1024");
    }

    private List<Blob> blobs(byte[] bytes) throws IOException {
        return List.of(
                Blob.of(bytes),
                Blob.of(Files.write(folder.resolve("file"), bytes)),
                Blob.of(new ByteArrayInputStream(bytes)),
                Blob.of(Sent.trickle(bytes)));
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
