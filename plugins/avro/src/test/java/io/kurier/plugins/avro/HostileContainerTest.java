// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import static io.kurier.plugins.avro.Containers.block;
import static io.kurier.plugins.avro.Containers.handmade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.files.ConnectorRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small files that were made to take all of the time, the heap or the stack. */
@Timeout(60)
class HostileContainerTest {
    @TempDir
    Path folder;

    @Test
    void neitherSchemaNorDataCanFillTheHeapOrTheStack() throws IOException {
        String nulls = "{'type':'record','name':'R','fields':[{'name':'a','type':{'type':'array','items':'null'}}]}";
        String list = "{'type':'record','name':'L','fields':[{'name':'next','type':['null','L']}]}";
        String empty = "{'type':'record','name':'E','fields':[]}";
        byte[] claims = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8, 0};
        byte[] deep = new byte[60_000];
        Arrays.fill(deep, (byte) 2);
        write("a.avro", handmade(nulls, "null", encoder -> block(encoder, 1, claims)));
        write("b.avro", handmade(list, "null", encoder -> block(encoder, 1, deep)));
        write("c.avro", handmade(empty, "null", encoder -> block(encoder, Long.MAX_VALUE, new byte[0])));
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .hasSize(3)
                    .allSatisfy(text -> assertThat(text).contains("is not published"));
        }
        StringBuilder laughs = new StringBuilder("'null'");
        for (int i = 0; i < 40; i++) {
            String inner = laughs.toString();
            laughs = new StringBuilder("{'type':'record','name':'R" + i + "','fields':[{'name':'a','type':" + inner
                    + "},{'name':'b','type':" + (i == 0 ? "'null'" : "'R" + (i - 1) + "'") + "}]}");
        }
        assertThatRefused(handmade(laughs.toString(), "null", encoder -> block(encoder, 1, new byte[0])))
                .contains("a record with more than 16 parts that take no bytes");
    }

    @Test
    void aSmallSchemaThatStandsForThousandsOfMillionsOfFieldsIsRefusedAtOnce() throws IOException {
        StringBuilder doubled = new StringBuilder("'int'");
        for (int i = 0; i < 40; i++) {
            doubled = new StringBuilder("{'type':'record','name':'R" + i + "','fields':[{'name':'a','type':" + doubled
                    + "},{'name':'b','type':" + (i == 0 ? "'int'" : "'R" + (i - 1) + "'") + "}]}");
        }
        String items =
                "{'type':'record','name':'T','fields':[{'name':'i','type':{'type':'array','items':" + doubled + "}}]}";
        assertThatRefused(handmade(items, "null", encoder -> block(encoder, 1, new byte[1])))
                .contains("a record with more than 65536 fields, those of records within it counted");
    }

    @Test
    void aSchemaThatIsTooDeepOrWithoutEndIsRefused() throws IOException {
        StringBuilder chain = new StringBuilder("[");
        for (int i = 0; i < 700; i++) {
            chain.append("{'type':'record','name':'R" + i + "','fields':[{'name':'f','type':['null','R" + (i + 1)
                    + "']}]},");
        }
        chain.append("{'type':'record','name':'R700','fields':[]}]");
        assertThatRefused(handmade(chain.toString(), "null", encoder -> block(encoder, 1, new byte[2])))
                .contains("schema");
        String endless = "{'type':'record','name':'L','fields':[{'name':'l','type':'L'}]}";
        assertThatRefused(handmade(endless, "null", encoder -> block(encoder, 1, new byte[2])))
                .contains("a record that is a field of itself");
    }

    @Test
    void theSchemaOfAFileIsForgottenWithTheFile() throws IOException {
        String list = "{'type':'record','name':'L','fields':[{'name':'next','type':['null','L']}]}";
        write("a.avro", handmade(list, "null", encoder -> block(encoder, 1, new byte[1])));
        WeakReference<Schema> schema;
        try (ConnectorRun run = start(Map.of())) {
            schema = new WeakReference<>(((IndexedRecord) run.drain().get(0).value()).getSchema());
        }
        for (int i = 0; i < 100 && schema.get() != null; i++) {
            System.gc();
        }
        assertThat(schema.get()).isNull();
    }

    @Test
    void aRecordThatIsTooLargeIsNotMade() throws IOException {
        String flags = "{'type':'record','name':'F','fields':[{'name':'f','type':{'type':'array','items':'boolean'}}]}";
        byte[] lying = new byte[20_000];
        // the first array claims to be skipped with 2 bytes, but has 9,000 items
        byte[] claim = {(byte) 0xCF, (byte) 0x8C, 1, 4, 0, 0, 0};
        System.arraycopy(claim, 0, lying, 0, claim.length);
        write("a.avro", handmade(flags, "null", encoder -> block(encoder, 1, lying)));
        try (ConnectorRun run = start(Map.of("max.record.bytes", "1000"))) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections()).singleElement().asString().contains("its bytes are damaged");
        }
    }

    @Test
    void aBatchEndsByWhatRecordsHaveAndNotByWhatIsLeftOfThemInTheFile() throws IOException {
        String text = "{'type':'record','name':'S','fields':[{'name':'s','type':'string'}]}";
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        BinaryEncoder record = EncoderFactory.get().directBinaryEncoder(records, null);
        for (int i = 0; i < 50; i++) {
            record.writeString("x".repeat(500_000));
        }
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (OutputStream deflating =
                new DeflaterOutputStream(deflated, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            records.writeTo(deflating);
        }
        write("a.avro", handmade(text, "deflate", encoder -> block(encoder, 50, deflated.toByteArray())));
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.poll()).hasSizeBetween(1, 10);
            assertThat(run.drain()).hasSizeBetween(40, 49);
        }
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertThatRefused(byte[] content) throws IOException {
        write("a.avro", content);
        try (ConnectorRun run = start(Map.of("path", folder.resolve("a.avro").toString()))) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejected).hasSize(1);
            return assertThat(run.rejected.get(0).reason());
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private ConnectorRun start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("path", folder.toString()));
        all.putAll(properties);
        return ConnectorRun.start(new AvroSourceConnector(), all);
    }
}
