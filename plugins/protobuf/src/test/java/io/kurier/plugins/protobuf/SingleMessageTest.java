// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kurier.plugins.files.ConnectorRun;
import io.kurier.plugins.protobuf.shop.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are one message each, without a length. */
@Timeout(60)
class SingleMessageTest {

    @TempDir
    Path folder;

    private Shop shop;
    private Path descriptor;

    @BeforeEach
    void writeTheDescriptorSet() throws IOException {
        shop = new Shop(folder);
        descriptor = shop.write("shop.desc", Shop.set(Order.getDescriptor().getFile()));
    }

    @Test
    void aFileIsARecord() throws IOException {
        for (int i = 0; i < 3; i++) {
            shop.write("order" + i + ".pb", Shop.order(i).toByteArray());
        }
        List<SourceRecord> published;
        try (ConnectorRun run = start(Map.of(), List.of())) {
            published = run.drain();
            assertThat(Shop.bytes(published))
                    .containsExactlyInAnyOrderElementsOf(
                            Shop.bytesOf(List.of(Shop.order(0), Shop.order(1), Shop.order(2))));
            assertThat(run.rejected).isEmpty();
            assertThat(run.finished).extracting(ConnectorRun.Finished::records).containsExactly(1L, 1L, 1L);
        }
        try (ConnectorRun again = start(Map.of(), published)) {
            assertThat(again.drain()).isEmpty();
            assertThat(again.rejected).isEmpty();
        }
    }

    @Test
    void aMessageTakesItsKeyFromAField() throws IOException {
        shop.write("order.pb", Shop.order(1).toByteArray());
        try (ConnectorRun run = start(Map.of("key", "field:id"), List.of())) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly("order-1");
        }
    }

    @Test
    void aFileIsNotReadWhileItMayStillBeWritten() throws IOException {
        shop.write("order.pb", Shop.order(1).toByteArray());
        try (ConnectorRun run = start(Map.of("scan.interval.ms", "3600000"), List.of())) {
            assertThat(run.poll()).isEmpty();
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void aFileThatGrowsAfterItWasPublishedIsTold() throws IOException {
        Path file = shop.write("order.pb", Shop.order(1).toByteArray());
        List<SourceRecord> published;
        try (ConnectorRun run = start(Map.of(), List.of())) {
            published = run.drain();
        }
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        try (ConnectorRun run = start(Map.of(), published)) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .contains("but the message that was published of it");
        }
    }

    @Test
    void whatIsRefusedIsToldWithItsFileAndReadWhenItIsWrittenAnew() throws IOException {
        Path file = folder.resolve("order.pb");
        Map<String, byte[]> contents = Map.of(
                "it is empty", new byte[0],
                "it is no message of the type shop.Order", "canary canary".getBytes(StandardCharsets.UTF_8),
                "more than max.record.bytes=200",
                        Shop.order(1).toBuilder().setId("x".repeat(300)).build().toByteArray(),
                "field 999 of message shop.Order is not in the descriptor",
                        ByteString.copyFrom(new byte[] {(byte) 0xB8, 0x3E, 1}).toByteArray());
        for (Map.Entry<String, byte[]> content : contents.entrySet()) {
            Files.write(file, content.getValue());
            try (ConnectorRun run = start(Map.of("max.record.bytes", "200"), List.of())) {
                assertThat(run.drain()).as(content.getKey()).isEmpty();
                assertThat(run.rejected).singleElement().satisfies(rejected -> {
                    assertThat(rejected.source()).isEqualTo(file.toString());
                    assertThat(rejected.reason()).contains(content.getKey()).doesNotContain("canary");
                });
                Files.write(file, Shop.order(2).toByteArray());
                assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(List.of(Shop.order(2))));
            }
        }
    }

    @Test
    void aMessageWithoutALengthIsNotPublishedAsADelimitedOneAndTheErrorNamesTheKey() throws IOException {
        shop.write("order.pb", Shop.order(1).toByteArray());
        try (ConnectorRun run = start(Map.of("layout", "delimited"), List.of())) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections()).singleElement().asString().contains("layout=single");
        }
    }

    private ConnectorRun start(Map<String, String> more, List<SourceRecord> published) {
        Map<String, String> properties =
                new HashMap<>(Map.of("layout", "single", "descriptor", descriptor.toString(), "message", "shop.Order"));
        properties.putAll(more);
        return shop.start(properties, published);
    }
}
