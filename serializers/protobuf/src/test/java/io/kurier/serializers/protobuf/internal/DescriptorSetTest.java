// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kurier.serializers.protobuf.Samples;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.Modern;
import io.kurier.serializers.protobuf.test.Order;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorSetTest {

    @Test
    void linksAllSyntaxesAndListsTheirMessages() {
        assertThat(DescriptorSet.parse(Samples.set(Kinds.getDescriptor().getFile()))
                        .names())
                .contains("kurier.test.Order", "kurier.test.Kinds", "kurier.test.Kinds.Inner")
                .contains("google.protobuf.Timestamp")
                .noneMatch(name -> name.endsWith("Entry"));
        assertThat(DescriptorSet.parse(Samples.set(Legacy.getDescriptor().getFile()))
                        .names())
                .containsExactly("kurier.test.Legacy", "kurier.test.Legacy.Place");
        assertThat(DescriptorSet.parse(Samples.set(Modern.getDescriptor().getFile()))
                        .names())
                .contains("kurier.test.Modern");
    }

    @Test
    void aChainOfImportsThatFillsTheStackIsAnErrorOfTheSet() {
        FileDescriptorSet.Builder chain = FileDescriptorSet.newBuilder();
        for (int i = 0; i < 20_000; i++) {
            chain.addFile(FileDescriptorProto.newBuilder().setName("f" + i).addDependency("f" + (i + 1)));
        }
        byte[] set = chain.addFile(FileDescriptorProto.newBuilder().setName("f20000"))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> DescriptorSet.parse(set))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the descriptor set is damaged (StackOverflowError)");
    }

    @Test
    @Timeout(60)
    void theObviousMessageOfThousandsIsFoundWithoutComparingEachWithEach() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setName("many.proto");
        for (int i = 0; i < 40_000; i++) {
            file.addMessageType(DescriptorProto.newBuilder().setName("M" + i));
        }
        DescriptorSet set = DescriptorSet.parse(set(file.build()));
        assertThat(set.obvious("m_39999").getFullName()).isEqualTo("M39999");
    }

    @Test
    void findsTheFilesOfProtobufItselfInsideAndNoOthers() {
        FileDescriptorProto kinds = Kinds.getDescriptor().getFile().toProto();
        FileDescriptorProto order = Order.getDescriptor().getFile().toProto();
        assertThat(DescriptorSet.parse(set(order, kinds)).names()).contains("kurier.test.Kinds");
        assertThat(DescriptorSet.parse(set(kinds, order)).names())
                .as("in any order")
                .contains("kurier.test.Kinds");
        assertThatThrownBy(() -> DescriptorSet.parse(set(kinds)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the descriptor set lacks order.proto, which kinds.proto imports. Make it with protoc"
                        + " --include_imports --descriptor_set_out=NAME.desc NAME.proto");
    }

    @Test
    void aSetThatCannotBeLinkedSaysWhy() {
        FileDescriptorProto order = Order.getDescriptor().getFile().toProto();
        assertThatThrownBy(() -> DescriptorSet.parse(set(order, order)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the descriptor set has the file order.proto twice");
        assertThatThrownBy(() -> DescriptorSet.parse(
                        set(order.toBuilder().addDependency("order.proto").build())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("imports itself");
        assertThatThrownBy(() -> DescriptorSet.parse(set(order.toBuilder()
                        .addMessageType(order.getMessageType(0))
                        .build())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the file order.proto of the descriptor set is not valid")
                .hasMessageContaining("kurier.test.Order");
        for (byte[] noSet : List.of(new byte[0], "message Order {}".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> DescriptorSet.parse(noSet))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Make it with protoc --include_imports");
        }
    }

    @Test
    void aFileIsLoadedAndNamedIfItIsNoSet(@TempDir Path folder) throws Exception {
        Path file = Files.write(
                folder.resolve("o.desc"), Samples.set(Order.getDescriptor().getFile()));
        DescriptorSet set = DescriptorSet.load("descriptor", file.toString());
        assertThat(set.message("kurier.test.Order").toProto())
                .isEqualTo(Order.getDescriptor().toProto());
        assertThatThrownBy(() -> set.message("Order"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("there is no message type Order in the descriptor set. It has kurier.test.Order");
        Files.writeString(file, "no set");
        assertThatThrownBy(() -> DescriptorSet.load("descriptor", file.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("descriptor: the file is no descriptor set");
        assertThatThrownBy(() -> DescriptorSet.load("descriptor", "classpath:no.desc"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no such resource");
    }

    /** The messages, each with the types of its fields in brackets; the hint; what is obvious. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        A                   |          | A
        A B(A)              |          | B
        A B(A) C(B)         |          | C
        A(A)                |          | A
        A(B) B(A)           |          | -
        A(B) B(A)           | b        | B
        A B                 |          | -
        A B                 | c        | -
        LineItem Order      | line_item| LineItem
        LineItem Order      | LINE-item| LineItem
        LineItem Order      | orders   | -
        LineItem Order(LineItem) | line_item | Order
        """)
    void theObviousMessageIsTheOneThatIsNoPartOfAnother(String messages, String hint, String obvious) {
        FileDescriptorProto.Builder file =
                FileDescriptorProto.newBuilder().setName("a.proto").setSyntax("proto3");
        for (String message : messages.split(" ", -1)) {
            String[] parts = message.split("[()]", -1);
            DescriptorProto.Builder type = DescriptorProto.newBuilder().setName(parts[0]);
            if (parts.length > 1) {
                // In a message that is declared inside: that counts as well.
                type.addNestedType(DescriptorProto.newBuilder()
                        .setName("Nested")
                        .addField(FieldDescriptorProto.newBuilder()
                                .setName("field")
                                .setNumber(1)
                                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                                .setTypeName("." + parts[1])
                                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)));
            }
            file.addMessageType(type);
        }
        DescriptorSet set =
                DescriptorSet.parse(set(Order.getDescriptor().getFile().toProto(), file.build()));
        String given = hint == null ? "" : hint;
        if (obvious != null) {
            assertThat(set.obvious(given).getFullName()).isEqualTo(obvious);
        } else {
            assertThatThrownBy(() -> set.obvious(given))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Set message to one of ")
                    .hasMessageNotContaining("kurier.test.Order");
        }
    }

    @Test
    void aSetInWhichOneBitIsFlippedIsRefusedOrReadAndNothingElse() {
        for (Message sample : List.of(Samples.kinds(), Samples.legacy())) {
            byte[] whole = Samples.set(sample.getDescriptorForType().getFile());
            int refused = 0;
            // Every fifth: that is some bit of nearly every byte, and all kinds of bits.
            for (int bit = 0; bit < whole.length * 8; bit += 5) {
                byte[] damaged = whole.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    DescriptorSet set = DescriptorSet.parse(damaged);
                    for (String name : set.names()) {
                        DynamicMessage read =
                                DynamicMessage.parseFrom(set.message(name), sample.toByteArray(), set.extensions());
                        assertThat(read.toByteArray()).isNotEmpty();
                    }
                } catch (ConfigException | InvalidProtocolBufferException e) {
                    refused++;
                }
            }
            assertThat(refused).isPositive();
        }
    }

    @Test
    void aFileWithoutMessagesHasNoObviousOne() {
        FileDescriptorProto empty =
                FileDescriptorProto.newBuilder().setName("empty.proto").build();
        DescriptorSet set = DescriptorSet.parse(set(empty));
        assertThatThrownBy(() -> set.obvious(""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("empty.proto, declares no message type");
        assertThatThrownBy(() -> set.message("A")).hasMessageContaining("It has none at all");
    }

    private static byte[] set(FileDescriptorProto... files) {
        return FileDescriptorSet.newBuilder().addAllFile(List.of(files)).build().toByteArray();
    }
}
