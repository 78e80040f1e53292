// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.Modern;
import io.kurier.serializers.protobuf.test.Order;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/** Writes and reads messages of about a megabyte, as measurements, lists and tables make them, generated and dynamic. */
final class HonestRecords {
    private HonestRecords() {}

    public static void main(String[] arguments) {
        both(Kinds.Inner.newBuilder(), 400_000, (all, i) -> all.addNumbers(i % 60 == 0 ? i : i % 60));
        both(Modern.newBuilder().setId("m"), 400_000, (all, i) -> all.addPlain(i % 100));
        both(Kinds.newBuilder(), 400_000, (all, i) -> all.addColors(Kinds.Color.RED));
        both(
                ListValue.newBuilder(),
                40_000,
                (all, i) -> all.addValues(Value.newBuilder().setNumberValue(i)));
        both(
                Struct.newBuilder(),
                40_000,
                (all, i) -> all.putFields(
                        "field" + i, Value.newBuilder().setStringValue("what?").build()));
        both(Kinds.newBuilder(), 40_000, (all, i) -> all.putByNumber(i, "text of row " + i));
        both(
                Kinds.newBuilder(),
                40_000,
                (all, i) -> all.putByName(
                        "customer " + i, Order.newBuilder().setCents(i).build()));
        both(
                Legacy.newBuilder().setId("root").setCount(1),
                40_000,
                (all, i) -> all.addParts(Legacy.newBuilder().setId("part " + i).setCount(i)));
        both(Kinds.newBuilder(), 1, (all, i) -> all.setBlob(ByteString.copyFrom(new byte[1_000_000])));
        both(Kinds.newBuilder(), 1, (all, i) -> all.setText("ü€".repeat(200_000)));
        Legacy.Builder parts = Legacy.newBuilder().setId("root").setCount(1);
        for (int i = 0; i < 40_000; i++) {
            parts.addParts(Legacy.newBuilder().setId("part " + i).setCount(i));
        }
        // An older reader, which does not know the fields of the parts.
        back(Order.getDefaultInstance(), parts.build().toByteArray());
        both(Kinds.Inner.newBuilder(), 100, (all, i) -> {
            Kinds.Inner inner = all.build();
            all.setInner(inner);
        });
        System.out.print("all came back\n");
    }

    private static <B extends Message.Builder> void both(B builder, int count, ObjIntConsumer<B> more) {
        for (int i = 0; i < count; i++) {
            more.accept(builder, i);
        }
        both(builder.build());
    }

    private static void both(Message message) {
        byte[] bytes = requireNonNull(new ProtobufSerializer<Message>().serialize("t", message));
        back(message.getDefaultInstanceForType(), bytes);
        back(DynamicMessage.getDefaultInstance(message.getDescriptorForType()), bytes);
    }

    private static void back(Message type, byte[] bytes) {
        Message read = new ProtobufDeserializer<>(type).deserialize("t", bytes);
        if (!Arrays.equals(new ProtobufSerializer<Message>().serialize("t", read), bytes)) {
            throw new AssertionError("a record did not come back");
        }
    }
}
