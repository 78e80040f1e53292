// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import static io.kurier.plugins.avro.Containers.SCHEMA;
import static io.kurier.plugins.avro.Containers.block;
import static io.kurier.plugins.avro.Containers.handmade;
import static io.kurier.plugins.avro.Containers.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.avro.Containers.Written;
import io.kurier.plugins.files.ConnectorRun;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AvroSourceConnectorTest {

    private static final String ROW = SCHEMA.toString();

    @TempDir
    Path folder;

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(AvroSourceConnector.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "bzip2", "xz", "snappy", "zstandard"})
    void publishesTheRecordsOfAllBlocksInOrder(String codec) throws IOException {
        Written file = Containers.rows(codec, 5, 200);
        write("a.avro", file.bytes());
        try (ConnectorRun run = start(Map.of())) {
            List<SourceRecord> records = run.drain();
            assertThat(ConnectorRun.values(records)).isEqualTo(file.rows());
            assertThat(records).allSatisfy(record -> {
                assertThat(record.valueSchema()).isNull();
                assertThat(record.key()).isNull();
            });
            assertThat(run.rejected).isEmpty();
            assertThat(run.finished)
                    .extracting(ConnectorRun.Finished::records, ConnectorRun.Finished::bytes)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(1000L, (long) file.bytes().length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate"})
    void aRestartGoesOnExactlyBehindEveryRecord(String codec) throws IOException {
        Written file = Containers.rows(codec, 4, 3);
        write("a.avro", file.bytes());
        List<SourceRecord> all;
        try (ConnectorRun run = start(Map.of())) {
            all = run.drain();
        }
        for (int read = 1; read <= all.size(); read++) {
            try (ConnectorRun run = ConnectorRun.start(
                    new AvroSourceConnector(),
                    properties(Map.of()),
                    ConnectorRun.offsetsOf(all.subList(0, read)),
                    1,
                    0)) {
                assertThat(run.drainValues())
                        .isEqualTo(file.rows().subList(read, file.rows().size()));
                assertThat(run.rejected).isEmpty();
            }
        }
    }

    @Test
    void readsACompressedFileAndGoesOnBehindEveryRecord() throws IOException {
        Written file = Containers.rows("deflate", 5, 3);
        write("a.avro.gz", gzip(file.bytes()));
        List<SourceRecord> all;
        try (ConnectorRun run = start(Map.of())) {
            all = run.drain();
            assertThat(ConnectorRun.values(all)).isEqualTo(file.rows());
            assertThat(run.rejected).isEmpty();
        }
        for (int stored = 0; stored <= all.size(); stored++) {
            Map<Map<String, ?>, Map<String, ?>> offsets = ConnectorRun.offsetsOf(all.subList(0, stored));
            try (ConnectorRun run =
                    ConnectorRun.start(new AvroSourceConnector(), Map.of("path", folder.toString()), offsets, 1, 0)) {
                assertThat(run.drainValues())
                        .isEqualTo(file.rows().subList(stored, file.rows().size()));
            }
        }
        byte[] cut = Arrays.copyOf(file.bytes(), file.ends().get(3) + 7);
        write("a.avro.gz", gzip(cut));
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drain()).hasSizeGreaterThan(3);
            assertThat(run.rejections()).singleElement().asString().contains("the file ends within the block");
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void takesTheKeyFromAField() throws IOException {
        write("a.avro", handmade(ROW, "null", encoder -> {
            block(encoder, 2, new byte[] {2, 2, 2, 'k', 4, 0});
        }));
        try (ConnectorRun run = start(Map.of("key", "field:name"))) {
            List<SourceRecord> records = run.drain();
            assertThat(records).extracting(SourceRecord::key).containsExactly("k", null);
            assertThat(records.get(0).keySchema()).isEqualTo(Schema.STRING_SCHEMA);
        }
        try (ConnectorRun run = start(Map.of("key", "field:id"))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly("1", "2");
        }
        try (ConnectorRun run = start(Map.of("key", "field:nothing"))) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .containsExactly(": its schema has no field nothing, which key names. Correct key, or"
                            + " remove it for records without keys");
        }
    }

    @Test
    void aFileThatGrowsIsReadAsItGrowsAndAnEndWithinABlockWaits() throws IOException {
        Written file = Containers.rows("deflate", 3, 2);
        byte[] bytes = file.bytes();
        int second = file.ends().get(2);
        write("a.avro", Arrays.copyOf(bytes, second + 5));
        try (ConnectorRun run = start(Map.of("scan.interval.ms", "1"))) {
            assertThat(run.drainValues()).isEqualTo(file.rows().subList(0, 4));
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("block at byte " + second + ": the block")
                    .contains("the file ends within the block. No sync marker follows");
            Files.write(
                    folder.resolve("a.avro"),
                    Arrays.copyOfRange(bytes, second + 5, bytes.length),
                    StandardOpenOption.APPEND);
            assertThat(run.drainValues()).isEqualTo(file.rows().subList(4, 6));
        }
    }

    @Test
    void aRecordAboveTheLimitIsRejectedAlone() throws IOException {
        GenericRecord large = row(7);
        large.put("name", "x".repeat(500));
        byte[] content = new byte[] {2, 2, 2, 'k'};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(content);
        out.write(new byte[] {4, 2, (byte) 0xE8, 7});
        out.write("x".repeat(500).getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        write("a.avro", handmade(ROW, "null", encoder -> block(encoder, 3, out.toByteArray())));
        try (ConnectorRun run = start(Map.of("max.record.bytes", "100"))) {
            assertThat(run.drain()).hasSize(2);
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .contains(", record 2: the record has 504 bytes, more than max.record.bytes=100");
        }
    }

    @Test
    void aBlockBeyondTheLimitIsRejectedWhetherCompressedOrNot() throws IOException {
        byte[] zeros = new byte[1 << 22];
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bomb, new Deflater(9, true))) {
            deflater.write(zeros);
        }
        write("bomb.avro", handmade(ROW, "deflate", encoder -> block(encoder, 2, bomb.toByteArray())));
        write("large.avro", handmade(ROW, "null", encoder -> block(encoder, 2, zeros)));
        try (ConnectorRun run = start(Map.of("max.record.bytes", "1000"))) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .satisfiesExactlyInAnyOrder(
                            text -> assertThat(text).contains("more than 64000 when decompressed"),
                            text -> assertThat(text)
                                    .contains("it is larger than 64000 bytes, 64 times max.record.bytes=1000"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'array','items':{'type':'fixed','size':1,'name':'io.kurier.avro.Value'}} | Rename it",
                "{'type':'map','values':{'type':'enum','symbols':[],'name':'io.kurier.avro.Value'}} | Rename it",
                "{'type':'record'                  | a schema that Avro cannot parse",
                "{'type':'nonsense'}               | a schema that Avro cannot parse",
            },
            quoteCharacter = '~')
    void aFileWhoseSchemaCannotBePublishedIsRefused(String schema, String reason) throws IOException {
        assertThatRefused(handmade(schema, "null", encoder -> {})).contains(reason);
    }

    @Test
    void whatIsNoContainerFileIsRefused() throws IOException {
        assertThatRefused(new byte[0]).contains("it is empty");
        assertThatRefused("CANARY".getBytes(StandardCharsets.US_ASCII))
                .contains("it does not begin with Obj and the byte 1")
                .doesNotContain("CANARY");
        assertThatRefused(handmade(ROW, "lzo", encoder -> {}))
                .contains("a codec that is none of Avro's: null, deflate");
        assertThatRefused(new byte[] {'O', 'b', 'j', 1, 2, -1, -1, -1, -1, 15, 0})
                .contains("its header is damaged");
    }

    @Test
    void aUnionOfRecordsIsPublished() throws IOException {
        String union =
                "[{'type':'record','name':'A','fields':[]},{'type':'record','name':'B','fields':[{'name':'i','type':'int'}]}]";
        write("a.avro", handmade(union, "null", encoder -> block(encoder, 3, new byte[] {0, 2, 8, 0})));
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues())
                    .extracting(value -> ((GenericRecord) value).getSchema().getName())
                    .containsExactly("A", "B", "A");
        }
    }

    @Test
    void aReplacedFileIsReadFromItsStartAndToldIfTheOffsetDoesNotShowIt() throws IOException {
        write("a.avro", Containers.rows("null", 2, 3).bytes());
        List<SourceRecord> all;
        try (ConnectorRun run = start(Map.of())) {
            all = run.drain();
        }
        write("a.avro", Containers.rows("null", 9, 1).bytes());
        try (ConnectorRun run = ConnectorRun.start(
                new AvroSourceConnector(), properties(Map.of()), ConnectorRun.offsetsOf(all), 1, 0)) {
            assertThat(run.drain()).hasSize(9);
            assertThat(run.rejected).isEmpty();
        }
        Map<String, Object> old = new HashMap<>(all.get(all.size() - 1).sourceOffset());
        old.keySet().removeAll(List.of("file.key", "file.head"));
        try (ConnectorRun run = ConnectorRun.start(
                new AvroSourceConnector(),
                properties(Map.of()),
                Map.of(all.get(0).sourcePartition(), old),
                1,
                0)) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections()).singleElement().asString().contains("the file was replaced");
        }
    }

    @ParameterizedTest
    @CsvSource({"snappy,org.xerial", "zstandard,com.github.luben", "xz,org.tukaani", "bzip2,org.apache.commons.compress"
    })
    void aMissingLibraryRefusesTheFilesOfItsCodecOnly(String codec, String hidden) throws Exception {
        write("a.avro", Containers.rows(codec, 1, 1).bytes());
        write("b.avro", Containers.rows("deflate", 1, 1).bytes());
        try (Without loader = new Without(hidden)) {
            SourceConnector connector = (SourceConnector) loader.loadClass(AvroSourceConnector.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            try (ConnectorRun run = ConnectorRun.start(connector, properties(Map.of()))) {
                assertThat(run.drain()).hasSize(1);
                assertThat(run.rejections())
                        .singleElement()
                        .asString()
                        .startsWith(": it is compressed with " + codec + ", for which the library ");
            }
        }
    }

    /** Loads the connector anew and finds no classes of one library. */
    private static final class Without extends URLClassLoader {
        private final String hidden;

        Without(String hidden) throws IOException {
            super(
                    new URL[] {new File("target/classes").toURI().toURL()},
                    AvroSourceConnectorTest.class.getClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(hidden)) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("io.kurier.plugins.avro.")) {
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
            }
            return super.loadClass(name, resolve);
        }
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertThatRefused(byte[] content) throws IOException {
        write("a.avro", content);
        try (ConnectorRun run = start(Map.of("path", folder.resolve("a.avro").toString()))) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejected).hasSize(1);
            return assertThat(
                    run.rejected.get(0).position() + run.rejected.get(0).reason());
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private ConnectorRun start(Map<String, String> properties) {
        return ConnectorRun.start(new AvroSourceConnector(), properties(properties));
    }

    private Map<String, String> properties(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("path", folder.toString()));
        all.putAll(properties);
        return all;
    }
}
