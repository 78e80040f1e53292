// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.FloatValue;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Int64Value;
import com.google.protobuf.ListValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.LegacyProto;
import io.kurier.serializers.protobuf.test.Modern;
import io.kurier.serializers.protobuf.test.Order;
import io.kurier.serializers.protobuf.test.Shipment;
import io.kurier.serializers.protobuf.test.geo.Place;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.Set;

/** Messages of all syntaxes with a value in every field, and the descriptor sets of their files. */
public final class Samples {
    /** Stands for what must not be seen in a log. */
    static final String CANARY = "CANARY7f3a";

    private Samples() {}

    static Order order(int number) {
        return Order.newBuilder().setId("order-" + number).setCents(number).build();
    }

    public static Kinds kinds() {
        return Kinds.newBuilder()
                .setText("Zoë 🦉")
                .setBlob(ByteString.copyFrom(new byte[] {0, -1}))
                .setRatio(-0.0)
                .setFixed(-1)
                .setColor(Kinds.Color.RED)
                .addColorsValue(77)
                .addColors(Kinds.Color.RED)
                .setInner(Kinds.Inner.newBuilder().addNumbers(Long.MIN_VALUE).setInner(Kinds.Inner.newBuilder()))
                .setOrder(order(7))
                .putByName("a", order(1))
                .putByNumber(-1, "minus one")
                .putByFlag(true, Kinds.Inner.newBuilder().addNumbers(3).build())
                .setAt(Timestamp.newBuilder().setSeconds(1_700_000_000))
                .setOpen(Struct.newBuilder()
                        .putFields("k", Value.newBuilder().setNumberValue(1).build()))
                .setAny(Any.pack(order(8)))
                .setWrapped(StringValue.of("w"))
                .setMaybe(0)
                .build();
    }

    public static Legacy legacy() {
        return Legacy.newBuilder()
                .setId("l")
                .setCount(0)
                .addParts(Legacy.newBuilder().setId("part").setCount(1))
                .setPlace(Legacy.Place.newBuilder().setCity("Köln"))
                .setExtension(LegacyProto.remark, "r")
                .setExtension(
                        LegacyProto.twin,
                        Legacy.newBuilder().setId("t").setCount(2).build())
                .build();
    }

    static Shipment shipment() {
        Place harbour = Place.newBuilder()
                .setCity("Gdańsk")
                .setKind(Place.Kind.HARBOUR)
                .setPoint(Place.Point.newBuilder().setNorth(54.4).setEast(18.7))
                .build();
        return Shipment.newBuilder()
                .putStops("first", harbour)
                .setParcel(parcel())
                .addParcels(parcel())
                .addParcels(Shipment.Parcel.getDefaultInstance())
                .setPoint(Place.Point.newBuilder().setNorth(-0.0))
                .setNote("")
                .setOrder(order(3))
                .setLegacy(Legacy.newBuilder().setId("l").setCount(0))
                .putLegacies("a", Legacy.newBuilder().setId("a").setCount(1).build())
                .putKinds(false, Place.Kind.HARBOUR)
                .putKindsValue(true, 9)
                .setSent(Timestamp.newBuilder().setSeconds(-1).setNanos(999_999_999))
                .setTook(Duration.newBuilder().setSeconds(90).setNanos(1))
                .setOpen(Struct.newBuilder()
                        .putFields(
                                "none", Value.newBuilder().setNullValueValue(0).build()))
                .setList(ListValue.newBuilder()
                        .addValues(Value.newBuilder().setBoolValue(true))
                        .addValues(Value.newBuilder().setListValue(ListValue.getDefaultInstance())))
                .setAny(Any.pack(harbour))
                .setMask(FieldMask.newBuilder().addPaths("parcel.size").addPaths("took"))
                .setADouble(DoubleValue.of(-1.5))
                .setAFloat(FloatValue.of(Float.MIN_VALUE))
                .setALong(Int64Value.of(Long.MIN_VALUE))
                .setAnUnsignedLong(UInt64Value.of(-1))
                .setAnInt(Int32Value.of(0))
                .setAnUnsignedInt(UInt32Value.of(-1))
                .setABool(BoolValue.of(false))
                .setAString(StringValue.of(""))
                .setBytes(BytesValue.of(ByteString.copyFrom(new byte[] {-1})))
                .build();
    }

    private static Shipment.Parcel parcel() {
        return Shipment.Parcel.newBuilder()
                .setSize(Shipment.Parcel.Size.LARGE)
                .putLabels(
                        -7,
                        Shipment.Parcel.Label.newBuilder()
                                .putCounts("n", 1L)
                                .addParts(
                                        Shipment.Parcel.Label.Part.newBuilder().setFragile(false))
                                .build())
                .build();
    }

    static Modern modern() {
        return Modern.newBuilder()
                .setId("m")
                .addPlain(1)
                .addPlain(2)
                .setDelimited(Modern.newBuilder().setId("inner"))
                .setImplicit("x")
                .build();
    }

    /** The set as protoc writes it with the imports. */
    public static byte[] set(FileDescriptor file) {
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        Set<FileDescriptor> files = new LinkedHashSet<>();
        collect(file, files);
        files.forEach(each -> set.addFile(each.toProto()));
        return set.build().toByteArray();
    }

    static String stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        file.getDependencies().forEach(each -> collect(each, files));
        files.add(file);
    }
}
