// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.files.ConnectorRun;
import io.kurier.plugins.protobuf.shop.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CompressedMessagesTest {

    @TempDir
    Path folder;

    @Test
    void readsACompressedFileWithTheDescriptorSetOfItsNameWithoutTheEnding() throws IOException {
        Shop shop = new Shop(folder);
        List<Order> orders = List.of(Shop.order(1), Shop.order(2), Shop.order(3));
        shop.write("orders.desc", Shop.set(Order.getDescriptor().getFile()));
        shop.write("orders.pb.gz", gzip(Shop.delimited(orders)));
        List<SourceRecord> all;
        try (ConnectorRun run = shop.start(Map.of())) {
            all = run.drain();
            assertThat(Shop.bytes(all)).isEqualTo(Shop.bytesOf(orders));
            assertThat(run.rejected).isEmpty();
        }
        try (ConnectorRun run = shop.start(Map.of(), all.subList(0, 2))) {
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(orders.subList(2, 3)));
        }
        shop.write("orders.pb.gz", gzip(orders.get(0).toByteArray()));
        try (ConnectorRun run = shop.start(Map.of("layout", "single"))) {
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(orders.subList(0, 1)));
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
