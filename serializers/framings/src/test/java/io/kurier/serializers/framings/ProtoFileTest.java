// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import io.kurier.serializers.framings.test.Basket;
import io.kurier.serializers.framings.test.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Descriptors as protoc, generated code and protobuf-java write them. */
class ProtoFileTest {
    private static final FileDescriptorProto GENERATED =
            Order.getDescriptor().getFile().toProto();

    private static byte[] normal(FileDescriptorProto file) {
        return new ProtoFile(file.toByteArray()).normalForm();
    }

    @Test
    void aDescriptorSetAndGeneratedCodeHaveOneForm() throws IOException {
        ProtoFile ofProtoc = ProtoFile.lastOf(Files.readAllBytes(Folder.SHOP));

        assertThat(ofProtoc.bytes()).isNotEqualTo(GENERATED.toByteArray()); // protoc adds JSON names
        assertThat(ofProtoc.normalForm()).isEqualTo(normal(GENERATED));
    }

    @Test
    void nameAndSourceInformationHaveNoMeaning() {
        FileDescriptorProto moved = GENERATED.toBuilder()
                .setName("elsewhere/shop.proto")
                .setSourceCodeInfo(SourceCodeInfo.newBuilder()
                        .addLocation(SourceCodeInfo.Location.newBuilder().setLeadingComments("x")))
                .build();

        assertThat(normal(moved)).isEqualTo(normal(GENERATED));
    }

    @Test
    void everythingElseHas() {
        FileDescriptorProto.Builder renumbered = GENERATED.toBuilder();
        renumbered.getMessageTypeBuilder(0).getFieldBuilder(1).setNumber(9);
        FileDescriptorProto.Builder renamed = GENERATED.toBuilder();
        renamed.getMessageTypeBuilder(0).getFieldBuilder(0).setJsonName("other");
        FileDescriptorProto.Builder retyped = GENERATED.toBuilder();
        retyped.getMessageTypeBuilder(1)
                .getNestedTypeBuilder(1)
                .getFieldBuilder(0)
                .setType(FieldDescriptorProto.Type.TYPE_BYTES);

        for (FileDescriptorProto.Builder other : List.of(
                renumbered,
                renamed,
                retyped,
                GENERATED.toBuilder().setPackage("shop.v2"),
                GENERATED.toBuilder()
                        .addMessageType(DescriptorProto.newBuilder().setName("More")))) {
            assertThat(normal(other.build())).isNotEqualTo(normal(GENERATED));
        }
    }

    @Test
    void aPathCountsTheMessagesOfAText() {
        ProtoFile file = new ProtoFile(GENERATED.toByteArray());

        assertThat(Basket.getDescriptor().getNestedTypes().get(0).getName()).isEqualTo("AmountsEntry");
        assertThat(file.path("shop.v1.Order")).containsExactly(0);
        assertThat(file.path("shop.v1.Basket.Line")).containsExactly(1, 0);
        assertThat(file.path("shop.v1.Basket.Line.Price")).containsExactly(1, 0, 0);
        assertThat(file.path("shop.v1.Basket.AmountsEntry")).isNull();
        assertThat(file.path("shop.v1.Basket.State")).isNull();
        assertThat(file.path("shop.v1")).isNull();
        assertThat(file.path("other.Order")).isNull();
        assertThat(file.fullName(List.of(1, 0, 0))).isEqualTo("shop.v1.Basket.Line.Price");
        assertThat(file.fullName(List.of(2))).isNull();
        assertThat(file.fullName(List.of(-1))).isNull();
        assertThat(file.fullName(List.of(0, 0))).isNull();
        assertThat(file.fullName("Line")).isEqualTo("shop.v1.Basket.Line");
        assertThat(file.fullName("Nothing")).isNull();
    }

    @Test
    void aPackageThatIsCalledLikeAMessageIsNotTakenForIt() {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setPackage("Order.Line")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Order")
                        .addNestedType(DescriptorProto.newBuilder().setName("Line")))
                .addMessageType(DescriptorProto.newBuilder().setName("Line"))
                .build();

        assertThat(new ProtoFile(file.toByteArray()).path("Order.Line.Line")).containsExactly(1);
        assertThat(new ProtoFile(file.toByteArray()).path("Order.Line")).isNull();
    }

    @Test
    void damagedBytesAreRefusedOrReadAndNothingElse() {
        byte[] bytes = GENERATED.toByteArray();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] damaged = bytes.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                ProtoFile file = new ProtoFile(damaged);
                assertThat(file.normalForm()).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed " + seed).hasMessageNotContaining("null");
            }
        }
        assertThatThrownBy(() -> new ProtoFile(new byte[] {34, 5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the bytes are not those of a Protobuf descriptor");
    }
}
