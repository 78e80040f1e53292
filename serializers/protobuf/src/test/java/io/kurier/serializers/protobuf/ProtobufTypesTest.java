// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumOptions;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import io.kurier.serializers.protobuf.internal.Extensions;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.LegacyProto;
import io.kurier.serializers.protobuf.test.Modern;
import io.kurier.serializers.protobuf.test.Order;
import io.kurier.serializers.protobuf.test.Shipment;
import io.kurier.serializers.protobuf.test.geo.Place;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each syntax of Protobuf allows, generated and dynamic. */
class ProtobufTypesTest {
    private static final String TOPIC = "t";
    private static final Legacy PARTIAL = Legacy.newBuilder().setId("l").buildPartial();

    static Stream<Arguments> partialMessages() {
        return Stream.of(
                Arguments.of(
                        Shipment.newBuilder().setLegacy(PARTIAL).buildPartial(),
                        "kurier.test.Shipment",
                        "legacy.count"),
                Arguments.of(
                        Shipment.newBuilder().putLegacies("a", PARTIAL).buildPartial(),
                        "kurier.test.Shipment",
                        "legacies[0].value.count"),
                Arguments.of(
                        complete().toBuilder()
                                .addParts(complete())
                                .addParts(PARTIAL)
                                .buildPartial(),
                        "kurier.test.Legacy",
                        "parts[1].count"),
                Arguments.of(
                        complete().toBuilder()
                                .setExtension(LegacyProto.twin, PARTIAL)
                                .buildPartial(),
                        "kurier.test.Legacy",
                        "(kurier.test.twin).count"),
                Arguments.of(
                        Modern.newBuilder()
                                .setId("m")
                                .setDelimited(
                                        Modern.newBuilder().setImplicit("i").buildPartial())
                                .buildPartial(),
                        "kurier.test.Modern",
                        "delimited.id"));
    }

    @ParameterizedTest
    @MethodSource("partialMessages")
    void aMissingRequiredFieldIsRefusedWithItsPath(Message partial, String type, String path) throws Exception {
        Descriptor descriptor = partial.getDescriptorForType();
        Message dynamic = DynamicMessage.getDefaultInstance(descriptor)
                .getParserForType()
                .parsePartialFrom(partial.toByteArray(), Extensions.beside(List.of(descriptor)));
        for (Message message : List.of(partial, dynamic)) {
            assertThatThrownBy(() -> new ProtobufSerializer<>().serialize(TOPIC, message))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("cannot write a message of type " + type + ": it lacks the required fields " + path);
        }
        if (!path.startsWith("(")) { // without its registry the extension is an unknown field
            assertThatThrownBy(() -> new ProtobufDeserializer<>(partial).deserialize(TOPIC, partial.toByteArray()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("cannot read the record as " + type + ": it lacks the required fields " + path);
        }
    }

    @Test
    void anOptionalFieldWithItsDefaultIsPresentAndAnotherIsAbsent() {
        Kinds zero = Kinds.newBuilder().setMaybe(0).build();
        assertThat(bothWays(zero).hasMaybe()).isTrue();
        assertThat(bothWays(Kinds.getDefaultInstance()).hasMaybe()).isFalse();
        Shipment empty = Shipment.newBuilder().setNote("").build();
        assertThat(bothWays(empty).hasNote()).isTrue();
        assertThat(new ProtobufSerializer<>().serialize(TOPIC, empty)).hasSize(2);
    }

    @Test
    void ofAOneofTheLastFieldCounts() {
        Place place = Place.newBuilder().setCity("Gent").build();
        byte[] both = ByteString.copyFrom(List.of(
                        Shipment.newBuilder()
                                .setPoint(Place.Point.newBuilder().setEast(1))
                                .build()
                                .toByteString(),
                        Shipment.newBuilder().setPlace(place).build().toByteString()))
                .toByteArray();
        Shipment read = requireNonNull(new ProtobufDeserializer<>(Shipment.class).deserialize(TOPIC, both));
        assertThat(read.getDestinationCase()).isEqualTo(Shipment.DestinationCase.PLACE);
        assertThat(bothWays(read).getPlace()).isEqualTo(place);
    }

    @Test
    void aNumberThatAnOpenEnumDoesNotHaveIsKept() {
        Kinds kinds = Kinds.newBuilder().setColorValue(99).addColorsValue(-1).build();
        assertThat(bothWays(kinds).getColorValue()).isEqualTo(99);
        Shipment kindsOfPlaces = Shipment.newBuilder().putKindsValue(true, 99).build();
        assertThat(bothWays(kindsOfPlaces)).isEqualTo(kindsOfPlaces);
    }

    @Test
    void anAnyIsWrittenAsItIsWhateverItHolds() throws Exception {
        Any packed = Any.pack(Place.newBuilder().setCity("Gent").build());
        Any unknown = Any.newBuilder()
                .setTypeUrl("type.googleapis.com/shop.v1.Nowhere")
                .setValue(ByteString.copyFrom(new byte[] {-1}))
                .build();
        for (Any any : List.of(packed, unknown)) {
            assertThat(bothWays(Kinds.newBuilder().setAny(any).build()).getAny())
                    .isEqualTo(any);
        }
        Kinds read = bothWays(Kinds.newBuilder().setAny(packed).build());
        assertThat(read.getAny().unpack(Place.class).getCity()).isEqualTo("Gent");
    }

    @Test
    void aWellKnownTypeIsAMessageLikeAnyOther() {
        Shipment shipment = Samples.shipment();
        for (Message each : List.of(
                shipment.getSent(),
                shipment.getTook(),
                shipment.getOpen(),
                shipment.getList(),
                shipment.getAny(),
                shipment.getMask(),
                shipment.getAnUnsignedLong(),
                shipment.getBytes())) {
            assertThat(bothWays(each)).isEqualTo(each);
        }
    }

    @Test
    void aGroupAndADelimitedFieldAreWrittenBetweenTheirTags() {
        byte[] group = new ProtobufSerializer<>()
                .serialize(
                        TOPIC,
                        complete().toBuilder()
                                .setPlace(Legacy.Place.newBuilder().setCity("x"))
                                .build());
        assertThat(group).containsSequence((5 << 3) | 3, 10, 1, 'x', (5 << 3) | 4);
        byte[] delimited = new ProtobufSerializer<>()
                .serialize(
                        TOPIC,
                        Modern.newBuilder()
                                .setId("m")
                                .setDelimited(Modern.newBuilder().setId("x"))
                                .build());
        assertThat(delimited).containsSequence((3 << 3) | 3, 10, 1, 'x', (3 << 3) | 4);
    }

    /** Of edition 2023, without a generated class: an explicit field, an implicit one and a closed enum. */
    @Test
    void anEditionIsReadByItsDescriptorAlone() {
        EnumDescriptorProto closed = EnumDescriptorProto.newBuilder()
                .setName("Closed")
                .addValue(EnumValueDescriptorProto.newBuilder().setName("ONE").setNumber(1))
                .setOptions(EnumOptions.newBuilder()
                        .setFeatures(FeatureSet.newBuilder().setEnumType(FeatureSet.EnumType.CLOSED)))
                .build();
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("edition.proto")
                .setPackage("kurier.test")
                .setSyntax("editions")
                .setEdition(Edition.EDITION_2023)
                .addDependency("order.proto")
                .addEnumType(closed)
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Edition")
                        .addField(field("explicit", 1, FieldDescriptorProto.Type.TYPE_INT32))
                        .addField(field("implicit", 2, FieldDescriptorProto.Type.TYPE_INT32)
                                .setOptions(FieldOptions.newBuilder()
                                        .setFeatures(FeatureSet.newBuilder()
                                                .setFieldPresence(FeatureSet.FieldPresence.IMPLICIT))))
                        .addField(field("closed", 3, FieldDescriptorProto.Type.TYPE_ENUM)
                                .setTypeName(".kurier.test.Closed"))
                        .addField(field("order", 4, FieldDescriptorProto.Type.TYPE_MESSAGE)
                                .setTypeName(".kurier.test.Order")))
                .build();
        Descriptor type = DescriptorSet.parse(FileDescriptorSet.newBuilder()
                        .addFile(Order.getDescriptor().getFile().toProto())
                        .addFile(file)
                        .build()
                        .toByteArray())
                .message("kurier.test.Edition");
        FieldDescriptor explicit = type.findFieldByName("explicit");
        FieldDescriptor implicit = type.findFieldByName("implicit");
        DynamicMessage zeros = DynamicMessage.newBuilder(type)
                .setField(explicit, 0)
                .setField(implicit, 0)
                .build();

        assertThat(new ProtobufSerializer<>(type).serialize(TOPIC, zeros)).containsExactly(8, 0);
        DynamicMessage read = requireNonNull(
                ProtobufDeserializer.dynamic(type).deserialize(TOPIC, new byte[] {8, 0, 24, 1, 24, 7, 34, 2, 16, 5}));
        assertThat(read.hasField(explicit)).isTrue();
        assertThat(read.getField(type.findFieldByName("closed"))).hasToString("ONE");
        assertThat(read.getUnknownFields().asMap()).containsOnlyKeys(3);
        assertThat(((Message) read.getField(type.findFieldByName("order"))).toByteArray())
                .containsExactly(16, 5);
    }

    /** The bytes are searched in words of eight, and a frame may be before them. */
    @Test
    void halfOfASurrogatePairIsFoundAtEveryPlaceOfAMessage() {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 20; after++) {
                Order half = Order.newBuilder()
                        .setId("a".repeat(before) + "\ud800" + "z".repeat(after))
                        .build();
                int index = before;
                assertThatThrownBy(() -> new ProtobufSerializer<>().serialize(TOPIC, half))
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("at id: ")
                        .hasMessageContaining(String.valueOf(index));
                Order whole = Order.newBuilder()
                        .setId("a".repeat(before) + "?" + "z".repeat(after))
                        .build();
                assertThat(new ProtobufSerializer<>().serialize(TOPIC, whole)).isEqualTo(whole.toByteArray());
            }
        }
    }

    private static FieldDescriptorProto.Builder field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    private static Legacy complete() {
        return Legacy.newBuilder().setId("l").setCount(1).build();
    }

    /** Returns a message as it was written and read, by its class and, with the same bytes, by its descriptor. */
    private static <M extends Message> M bothWays(M message) {
        byte[] bytes = requireNonNull(new ProtobufSerializer<>().serialize(TOPIC, message));
        DynamicMessage dynamic = requireNonNull(
                ProtobufDeserializer.dynamic(message.getDescriptorForType()).deserialize(TOPIC, bytes));
        assertThat(new ProtobufSerializer<>().serialize(TOPIC, dynamic)).isEqualTo(bytes);
        return requireNonNull(new ProtobufDeserializer<>(message).deserialize(TOPIC, bytes));
    }
}
