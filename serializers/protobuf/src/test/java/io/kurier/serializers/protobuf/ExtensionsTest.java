// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.LegacyProto;
import io.kurier.serializers.protobuf.test.Order;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Extensions of messages that are read in code, without a configuration. */
class ExtensionsTest {
    private static final String TOPIC = "t";
    private static final byte[] LEGACY = Samples.legacy().toByteArray();

    @Test
    void areKnownInADynamicMessageWhereItsFileDeclaresThem() {
        Descriptor type = DescriptorSet.parse(Samples.set(Legacy.getDescriptor().getFile()))
                .message("kurier.test.Legacy");
        for (Descriptor descriptor : List.of(type, Legacy.getDescriptor())) {
            DynamicMessage read = read(ProtobufDeserializer.dynamic(descriptor), LEGACY);
            assertThat(read.getUnknownFields().asMap()).isEmpty();
            assertThat(read.getField(extension(descriptor, "remark"))).isEqualTo("r");
            assertThat(read.getField(extension(descriptor, "twin"))).isInstanceOf(DynamicMessage.class);
            assertThat(read.toByteArray()).isEqualTo(LEGACY);
        }
    }

    @Test
    void areKnownInOneOfSeveralDynamicTypes() {
        RecordHeaders headers = new RecordHeaders();
        byte[] bytes = new ProtobufSerializer<>().withTypeHeader().serialize(TOPIC, headers, Samples.legacy());
        DynamicMessage read = requireNonNull(ProtobufDeserializer.dynamic(Order.getDescriptor(), Legacy.getDescriptor())
                .deserialize(TOPIC, headers, bytes));
        assertThat(read.getUnknownFields().asMap()).isEmpty();
    }

    @Test
    void ofAFileThatImportsTheMessageAreKnownByTheSet() {
        FileDescriptorProto base = FileDescriptorProto.newBuilder()
                .setName("base.proto")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Base")
                        .addExtensionRange(DescriptorProto.ExtensionRange.newBuilder()
                                .setStart(100)
                                .setEnd(200)))
                .build();
        FileDescriptorProto more = FileDescriptorProto.newBuilder()
                .setName("more.proto")
                .addDependency("base.proto")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Scope")
                        .addExtension(FieldDescriptorProto.newBuilder()
                                .setName("note")
                                .setNumber(100)
                                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                                .setType(FieldDescriptorProto.Type.TYPE_STRING)
                                .setExtendee(".Base")))
                .build();
        DescriptorSet set = DescriptorSet.parse(FileDescriptorSet.newBuilder()
                .addFile(base)
                .addFile(more)
                .build()
                .toByteArray());
        FieldDescriptor note = set.message("Scope").getExtensions().get(0);
        byte[] bytes = DynamicMessage.newBuilder(set.message("Base"))
                .setField(note, "n")
                .build()
                .toByteArray();
        ProtobufDeserializer<DynamicMessage> without = ProtobufDeserializer.dynamic(set.message("Base"));
        assertThat(read(without, bytes).getUnknownFields().asMap()).containsOnlyKeys(100);
        DynamicMessage read = read(without.withExtensions(set.extensions()), bytes);
        assertThat(read.getUnknownFields().asMap()).isEmpty();
        assertThat(read.getField(note)).isEqualTo("n");
    }

    @Test
    void areKnownInAGeneratedMessageByItsRegistry() {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        LegacyProto.registerAllExtensions(registry);
        ProtobufDeserializer<Legacy> deserializer = new ProtobufDeserializer<>(Legacy.class);
        assertThat(read(deserializer.withExtensions(registry), LEGACY))
                .isEqualTo(Samples.legacy())
                .satisfies(read ->
                        assertThat(read.getExtension(LegacyProto.remark)).isEqualTo("r"));
        assertThat(read(deserializer, LEGACY).getUnknownFields().asMap()).containsOnlyKeys(100, 101);
    }

    @Test
    void needATypeFirst() {
        assertThatThrownBy(() -> new ProtobufDeserializer<>().withExtensions(ExtensionRegistry.newInstance()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no type is known yet");
    }

    private static <M extends Message> M read(ProtobufDeserializer<M> deserializer, byte[] bytes) {
        return requireNonNull(deserializer.deserialize(TOPIC, bytes));
    }

    private static FieldDescriptor extension(Descriptor type, String name) {
        return type.getFile().getExtensions().stream()
                .filter(extension -> extension.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
