// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.kurier.plugins.files.ConnectorRun;
import io.kurier.plugins.protobuf.shop.Apple;
import io.kurier.plugins.protobuf.shop.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DescriptorBesideTest {
    private static final byte[] ORDERS = Shop.set(Order.getDescriptor().getFile());

    @TempDir
    Path folder;

    @Test
    void aMissingDescriptorIsToldOnceWithWhatToDoAndMayComeLater() throws IOException {
        Shop shop = new Shop(folder);
        shop.write("orders.pb", Shop.order(1), Shop.order(2));
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(run.drain()).isEmpty();
            for (int scan = 0; scan < 20; scan++) {
                assertThat(run.poll()).isEmpty();
            }
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .contains("there is no descriptor set orders.desc beside it")
                    .contains("protoc --include_imports --descriptor_set_out=orders.desc");

            shop.write("orders.desc", new byte[0]);
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections()).hasSize(2);

            shop.write("orders.desc", ORDERS);
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(List.of(Shop.order(1), Shop.order(2))));
            assertThat(run.rejections()).hasSize(2);
            assertThat(run.finished).hasSize(1);
        }
    }

    @Test
    void namesInCapitalsWillDo() throws IOException {
        Shop shop = new Shop(folder);
        shop.write("ORDERS.PB", Shop.order(1));
        shop.write("ORDERS.DESC", ORDERS);
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(run.drain()).hasSize(1);
        }
    }

    @Test
    void aFileThatIsNewIsNotTakenForOneWithoutADescriptorAtOnce() throws IOException {
        Shop shop = new Shop(folder);
        shop.write("orders.pb", Shop.order(1));
        try (ConnectorRun run = shop.start(Map.of("scan.interval.ms", "3600000"))) {
            List<SourceRecord> records = new ArrayList<>(run.poll());
            records.addAll(run.poll());
            assertThat(records).isEmpty();
            assertThat(run.rejected).isEmpty();
            assertThat(run.drainedCount()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nothing  | the descriptor set is empty
        text     | the file is no descriptor set
        messages | the file is no descriptor set
        cut      | the file is no descriptor set, or it is damaged
        partial  | the descriptor set lacks shop/customer.proto, which shop/order.proto imports. Make it with protoc --include_imports
        """)
    void aDescriptorThatCannotBeUsedIsNamedWithTheReason(String kind, String reason) throws IOException {
        byte[] set = switch (kind) {
            case "nothing" -> new byte[0];
            case "text" -> "syntax = \"proto3\";\nmessage Order {}\n".getBytes(StandardCharsets.UTF_8);
            case "messages" -> Shop.order(1).toByteArray();
            case "cut" -> Arrays.copyOf(ORDERS, ORDERS.length - 7);
            default ->
                FileDescriptorSet.newBuilder()
                        .addFile(Order.getDescriptor().getFile().toProto())
                        .build()
                        .toByteArray();
        };
        Shop shop = new Shop(folder);
        shop.write("orders.desc", set);
        shop.write("orders.pb", Shop.order(1));
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections()).singleElement().asString().contains("orders.desc: " + reason);
        }
    }

    @Test
    void aMessageThatTheSetLacksIsNamedWithThoseThatItHas() throws IOException {
        Shop shop = new Shop(folder);
        shop.write("apple.desc", Shop.set(Apple.getDescriptor().getFile()));
        shop.write("apple.pb", Apple.newBuilder().setSort("Boskoop").build());
        try (ConnectorRun run = shop.start(Map.of("message", "shop.Plum"))) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .contains(
                            "there is no message type shop.Plum in the descriptor set. It has shop.Apple, shop.RedPear");
        }
    }

    @Test
    void aChainOfMoreTypesThanTheStackHoldsIsRead() throws IOException {
        int last = 20_000;
        FileDescriptorProto.Builder chain = FileDescriptorProto.newBuilder().setName("chain.proto");
        for (int i = 0; i <= last; i++) {
            DescriptorProto.Builder type = DescriptorProto.newBuilder().setName("M" + i);
            if (i < last) {
                type.addField(FieldDescriptorProto.newBuilder()
                        .setName("next")
                        .setNumber(1)
                        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                        .setTypeName(".M" + (i + 1)));
            }
            chain.addMessageType(type);
        }
        Shop shop = new Shop(folder);
        shop.write(
                "orders.desc",
                FileDescriptorSet.newBuilder().addFile(chain).build().toByteArray());
        Files.write(folder.resolve("orders.pb"), new byte[] {0});
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(run.drain()).hasSize(1);
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void aSetForAllFilesThatCannotBeUsedStopsTheStart() {
        assertThatThrownBy(() -> new Shop(folder)
                        .start(Map.of("descriptor", "nowhere.desc"))
                        .close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no such file");
    }
}
