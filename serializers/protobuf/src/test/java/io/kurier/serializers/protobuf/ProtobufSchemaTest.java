// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Api;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.Return;
import io.kurier.serializers.protobuf.test.Shipment;
import io.kurier.serializers.protobuf.test.geo.Place;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a framing learns of a message type. */
class ProtobufSchemaTest {

    @Test
    void theIndexesCountMessagesAsTheFileDeclaresThem() {
        assertIndexes(Shipment.getDescriptor(), 0);
        assertIndexes(Return.getDescriptor(), 1);
        assertIndexes(Place.Point.getDescriptor(), 0, 0);
        assertIndexes(Kinds.Inner.getDescriptor(), 0, 0);
        assertIndexes(Legacy.Place.getDescriptor(), 0, 0);
    }

    /** Each has a map field before it, whose entry is a message of the descriptor and none of the file. */
    @Test
    void theIndexesDoNotCountTheEntriesOfMaps() {
        assertThat(Shipment.Parcel.getDescriptor().getIndex()).isEqualTo(1);
        assertIndexes(Shipment.Parcel.getDescriptor(), 0, 0);
        assertIndexes(Shipment.Receipt.getDescriptor(), 0, 1);
        assertIndexes(Shipment.Parcel.Label.getDescriptor(), 0, 0, 0);
        assertIndexes(Shipment.Parcel.Label.Part.getDescriptor(), 0, 0, 0, 0);
    }

    @Test
    void theTextIsTheFileOfTheMessage() throws Exception {
        ProtobufSchema schema = new ProtobufSchema(Shipment.Parcel.getDescriptor());
        assertThat(FileDescriptorProto.parseFrom(Base64.getDecoder().decode(schema.text())))
                .isEqualTo(Shipment.getDescriptor().getFile().toProto());
        assertThat(schema.fullName()).isEqualTo("kurier.test.Shipment.Parcel");
        assertThat(schema.format()).isEqualTo("protobuf");
    }

    @Test
    void theImportsAreThoseOfTheFileAndThoseOfTheirs() throws Exception {
        Map<String, String> imports = new ProtobufSchema(Shipment.Parcel.getDescriptor()).imports();

        assertThat(imports)
                .containsOnlyKeys(
                        "geo/place.proto",
                        "google/protobuf/any.proto",
                        "google/protobuf/duration.proto",
                        "google/protobuf/empty.proto",
                        "google/protobuf/field_mask.proto",
                        "google/protobuf/struct.proto",
                        "google/protobuf/timestamp.proto",
                        "google/protobuf/wrappers.proto",
                        "legacy.proto",
                        "order.proto");
        assertThat(FileDescriptorProto.parseFrom(Base64.getDecoder().decode(imports.get("geo/place.proto"))))
                .isEqualTo(Place.getDescriptor().getFile().toProto());
        assertThat(new ProtobufSchema(Place.getDescriptor()).imports()).isEmpty();
        // api.proto imports type.proto, and that any.proto
        assertThat(new ProtobufSchema(Api.getDescriptor()).imports())
                .containsOnlyKeys(
                        "google/protobuf/any.proto",
                        "google/protobuf/source_context.proto",
                        "google/protobuf/type.proto");
    }

    private static void assertIndexes(Descriptor message, Integer... indexes) {
        assertThat(new ProtobufSchema(message).messageIndexes())
                .as(message.getFullName())
                .containsExactly(indexes);
    }
}
