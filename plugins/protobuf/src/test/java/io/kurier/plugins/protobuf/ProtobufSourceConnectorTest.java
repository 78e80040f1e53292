// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.kurier.plugins.files.ConnectorRun;
import io.kurier.plugins.protobuf.shop.Apple;
import io.kurier.plugins.protobuf.shop.Customer;
import io.kurier.plugins.protobuf.shop.LineItem;
import io.kurier.plugins.protobuf.shop.Order;
import io.kurier.plugins.protobuf.shop.RedPear;
import io.kurier.plugins.protobuf.shop.Ticket;
import io.kurier.plugins.protobuf.shop.TicketProto;
import io.kurier.plugins.protobuf.shop.Urgency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProtobufSourceConnectorTest {
    /** Stands for what must not be seen in a log. */
    private static final String CANARY = "CANARY7f3a";

    private static final byte[] ORDERS = Shop.set(Order.getDescriptor().getFile());
    private static final byte[] TICKETS = Shop.set(Ticket.getDescriptor().getFile());
    private static final byte[] FRUIT = Shop.set(Apple.getDescriptor().getFile());

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(ProtobufSourceConnector.class);
    }

    @Test
    void publishesAMessageARecordWithoutSchema() throws IOException {
        shop.write("orders.desc", ORDERS);
        List<Order> orders = IntStream.range(0, 5).mapToObj(Shop::order).toList();
        Path file = shop.write("orders.pb", Shop.delimited(orders));
        try (ConnectorRun run = shop.start(Map.of())) {
            List<SourceRecord> records = run.drain();
            assertThat(Shop.bytes(records)).isEqualTo(Shop.bytesOf(orders));
            assertThat(records).allSatisfy(record -> {
                assertThat(record.value()).isInstanceOf(DynamicMessage.class);
                assertThat(record.valueSchema()).isNull();
                assertThat(record.key()).isNull();
            });
            assertThat(records.get(4).sourceOffset().get("message")).isEqualTo(5L);
            assertThat(run.rejected).isEmpty();
            assertThat(run.finished).containsExactly(new ConnectorRun.Finished(file.toString(), 5, Files.size(file)));
        }
    }

    @Test
    void goesOnBehindEveryRecordAfterARestart() throws IOException {
        shop.write("orders.desc", ORDERS);
        List<Order> orders = IntStream.range(0, 6).mapToObj(Shop::order).toList();
        shop.write("orders.pb", Shop.delimited(orders));
        List<SourceRecord> all;
        try (ConnectorRun run = shop.start(Map.of("batch.records", "1"))) {
            all = run.drain();
        }
        for (int published = 1; published <= all.size(); published++) {
            try (ConnectorRun again = shop.start(Map.of(), all.subList(0, published))) {
                assertThat(Shop.bytes(again.drain())).isEqualTo(Shop.bytesOf(orders.subList(published, 6)));
                assertThat(again.rejected).isEmpty();
            }
        }
    }

    @Test
    void readsTheDescriptorSetThatProtocWrote() throws IOException {
        shop.write("any.pb", Shop.order(1));
        Map<String, String> keys = Map.of("descriptor", "target/generated-test-resources/shop.desc");
        try (ConnectorRun run = shop.start(with(keys, "message", "shop.Order"))) {
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(List.of(Shop.order(1))));
        }
    }

    @Test
    void takesAnEmptyFileForNoMessagesAndALengthOfZeroForAnEmptyOne() throws IOException {
        shop.write("nothing.pb");
        shop.write("orders.desc", ORDERS);
        shop.write("orders.pb", Order.getDefaultInstance(), Shop.order(1), Order.getDefaultInstance());
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(run.drain()).hasSize(3);
            assertThat(run.rejected).isEmpty();
            assertThat(run.finished).extracting(ConnectorRun.Finished::records).containsExactly(0L, 3L);
        }
    }

    @Test
    void handsOverTheContentOfAMessageThatItRejects() throws IOException {
        shop.write("orders.desc", ORDERS);
        byte[] other = {(byte) 0xF8, 0x07, 1};
        shop.write("orders.pb", new byte[] {3, other[0], other[1], other[2], 0});
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(run.drain()).hasSize(1);
            assertThat(run.rejections()).singleElement().asString().startsWith("message 1, byte 0: ");
            assertThat(run.contents).containsExactly(other);
        }
    }

    @Test
    void takesTheKeyFromAField() throws IOException {
        shop.write("orders.desc", ORDERS);
        shop.write(
                "orders.pb",
                Shop.order(1).toBuilder().setNote("k").build(),
                Shop.order(2),
                Shop.order(3).toBuilder().setNote("").build());
        try (ConnectorRun run = shop.start(Map.of("key", "field:note"))) {
            List<SourceRecord> records = run.drain();
            assertThat(records).extracting(SourceRecord::key).containsExactly("k", null, "");
            assertThat(records.get(0).keySchema()).isEqualTo(Schema.STRING_SCHEMA);
        }
    }

    @Test
    void takesNumbersAndEnumsForKeysAsText() throws IOException {
        shop.write("fruit.desc", FRUIT);
        shop.write("red_pear.desc", FRUIT);
        shop.write(
                "red_pear.pb",
                RedPear.newBuilder().setGrams(-200).build(),
                RedPear.newBuilder().setSort("Forelle").build());
        try (ConnectorRun run = shop.start(Map.of("key", "field:grams"))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly("-200", null);
        }
        shop.write("ticket.desc", Shop.set(TicketProto.getDescriptor()));
        shop.write(
                "ticket.pb",
                Ticket.newBuilder().setId("1").setUrgency(Urgency.HIGH).build());
        try (ConnectorRun run = shop.start(Map.of("key", "field:urgency", "include", "ticket.pb"))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly("HIGH");
        }
    }

    @Test
    void refusesAKeyThatIsNoFieldWithATextOfTheMessage() throws IOException {
        shop.write("orders.desc", ORDERS);
        shop.write("orders.pb", Shop.order(1));
        for (String field : List.of("items", "customer", "nothing")) {
            try (ConnectorRun run = shop.start(Map.of("key", "field:" + field))) {
                assertThat(run.drain()).isEmpty();
                assertThat(run.rejections())
                        .singleElement()
                        .asString()
                        .contains(
                                "field:" + field,
                                "shop.Order has no field of that name that can be a key",
                                "It has id, note");
            }
        }
        Path set = folder.resolve("orders.desc");
        assertThatThrownBy(() -> shop.start(
                                Map.of("key", "field:items", "descriptor", set.toString(), "message", "shop.Order"))
                        .close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("It has id, note");
    }

    @Test
    void choosesAmongSeveralMessagesByTheNameOfTheFileOrTheKey() throws IOException {
        shop.write("fruit.desc", FRUIT);
        shop.write("fruit.pb", Apple.newBuilder().setSort("Boskoop").build());
        shop.write("red_pear.desc", FRUIT);
        shop.write("red_pear.pb", RedPear.newBuilder().setGrams(200).build());
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(types(run.drain())).containsExactly("shop.RedPear");
            assertThat(run.rejected).singleElement().satisfies(rejected -> {
                assertThat(rejected.source()).endsWith("fruit.pb");
                assertThat(rejected.reason())
                        .contains("fruit.desc: ", "Set message to one of shop.Apple, shop.RedPear");
            });
        }
        try (ConnectorRun run = shop.start(Map.of("message", "shop.Apple", "include", "fruit.pb"))) {
            assertThat(types(run.drain())).containsExactly("shop.Apple");
        }
    }

    @Test
    void rejectsEveryRecordIfTheDescriptorIsOneOfAnotherMessage() throws IOException {
        shop.write("fruit.desc", FRUIT);
        shop.write("fruit.pb", Shop.order(1), Shop.order(2));
        try (ConnectorRun run = shop.start(Map.of("message", "shop.Apple"))) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("message 1, byte 0: field 2 of message shop.Apple is not in the descriptor;"
                            + " another message's or an older descriptor?");
        }
    }

    @Test
    void noticesUndeclaredFieldsAtAnyDepthUnlessTheyAreToBeKept() throws IOException {
        UnknownFieldSet surplus = UnknownFieldSet.newBuilder()
                .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        LineItem item =
                LineItem.newBuilder().setSku(CANARY).setUnknownFields(surplus).build();
        UnknownFieldSet mistyped = UnknownFieldSet.newBuilder()
                .addField(2, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        List<Order> orders = List.of(
                Shop.order(1).toBuilder().addItems(item).build(),
                Shop.order(2).toBuilder().putGifts(CANARY, item).build(),
                Order.newBuilder().setUnknownFields(mistyped).build(),
                Shop.order(4));
        shop.write("orders.desc", ORDERS);
        shop.write("orders.pb", Shop.delimited(orders));
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(orders.subList(3, 4)));
            assertThat(run.rejections())
                    .noneMatch(text -> text.contains(CANARY))
                    .satisfiesExactly(
                            text -> assertThat(text).contains("field 77 of message shop.LineItem is not in"),
                            text -> assertThat(text).contains("message 2, ", "field 77 of message shop.LineItem"),
                            text -> assertThat(text)
                                    .contains("field 2 of message shop.Order (customer) has a wire type"));
        }
        try (ConnectorRun run = shop.start(Map.of("unknown.fields", "keep"))) {
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(orders));
        }
    }

    @Test
    void publishesProto2WithExtensionsAndGroups() throws IOException {
        Ticket ticket = Ticket.newBuilder()
                .setId("\uFFFD")
                .setUrgency(Urgency.HIGH)
                .setPlace(Ticket.Place.newBuilder().setCity("Köln \uFFFD"))
                .setParent(Ticket.newBuilder().setId("p"))
                .setExtension(TicketProto.remark, "r")
                .build();
        shop.write("tickets.desc", TICKETS);
        shop.write("tickets.pb", ticket);
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(List.of(ticket)));
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void rejectsProto2ThatLacksRequiredFieldsOrHasTextThatIsNotUtf8() throws IOException {
        ByteString bad = ByteString.copyFrom(new byte[] {'a', (byte) 0xC0, 'b'});
        Ticket fine = Ticket.newBuilder().setId("fine").build();
        List<Ticket> tickets = List.of(
                Ticket.newBuilder().setText(CANARY).buildPartial(),
                Ticket.newBuilder().setIdBytes(bad).build(),
                fine.toBuilder()
                        .setPlace(Ticket.Place.newBuilder().setCityBytes(bad))
                        .build(),
                fine.toBuilder().setParent(Ticket.newBuilder().setIdBytes(bad)).build(),
                fine.toBuilder()
                        .setParent(Ticket.newBuilder().setText(CANARY).buildPartial())
                        .buildPartial(),
                fine);
        shop.write("tickets.desc", TICKETS);
        shop.write("tickets.pb", Shop.delimited(tickets));
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(List.of(fine)));
            assertThat(run.rejections())
                    .noneMatch(text -> text.contains(CANARY))
                    .satisfiesExactly(
                            text -> assertThat(text).endsWith("shop.Ticket lacks the required fields id"),
                            text -> assertThat(text).startsWith("message 2, ").contains("UTF-8"),
                            text -> assertThat(text).startsWith("message 3, ").contains("UTF-8"),
                            text -> assertThat(text).startsWith("message 4, ").contains("UTF-8"),
                            text -> assertThat(text).endsWith("shop.Ticket lacks the required fields parent.id"));
        }
    }

    @Test
    void rejectsProto3TextThatIsNotUtf8() throws IOException {
        byte[] bad = {5, 0x0A, 3, 'a', (byte) 0xC0, 'b'};
        shop.write("customer.desc", Shop.set(Customer.getDescriptor().getFile()));
        shop.write("customer.pb", bad);
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("message 1, byte 0: it is no message of the type shop.Customer, or it is damaged")
                    .contains("UTF-8");
        }
    }

    @Test
    void skipsAMessageThatIsTooLongAlone() throws IOException {
        Order large = Order.newBuilder().setId("x".repeat(1000)).build();
        shop.write("orders.desc", ORDERS);
        shop.write("orders.pb", Shop.order(1), large, Shop.order(2));
        try (ConnectorRun run = shop.start(Map.of("max.record.bytes", "200"))) {
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(List.of(Shop.order(1), Shop.order(2))));
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("message 2, byte ")
                    .contains(
                            "the message has " + large.getSerializedSize() + " bytes, more than max.record.bytes=200");
        }
    }

    @Test
    void goesOnInAFileThatIsStillBeingWritten() throws IOException {
        shop.write("orders.desc", ORDERS);
        byte[] whole = Shop.delimited(List.of(Shop.order(1), Shop.order(2), Shop.order(3)));
        int cut = whole.length / 2;
        Path file = shop.write("orders.pb", Arrays.copyOf(whole, cut));
        try (ConnectorRun run = shop.start(Map.of("scan.interval.ms", "3600000"))) {
            assertThat(run.poll()).hasSize(1);
            assertThat(run.poll()).isEmpty();
            assertThat(run.rejected).isEmpty();
        }
        try (ConnectorRun run = shop.start(Map.of())) {
            assertThat(run.drain()).hasSize(1);
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("message 2, byte ")
                    .contains("but the file ends after ");
            Files.write(file, Arrays.copyOfRange(whole, cut, whole.length), StandardOpenOption.APPEND);
            assertThat(Shop.bytes(run.drain())).isEqualTo(Shop.bytesOf(List.of(Shop.order(2), Shop.order(3))));
            assertThat(run.rejected).hasSize(1);
        }
    }

    private static List<String> types(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Message) record.value()).getDescriptorForType().getFullName())
                .toList();
    }

    private static Map<String, String> with(Map<String, String> keys, String key, String value) {
        Map<String, String> all = new HashMap<>(keys);
        all.put(key, value);
        return all;
    }
}
