// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

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

/** Writes and reads messages of about a megabyte, as measurements, lists and tables make them, generated and dynamic. */
final class HonestRecords {
    private HonestRecords() {}

    public static void main(String[] arguments) {
        Kinds.Inner.Builder numbers = Kinds.Inner.newBuilder();
        Modern.Builder plain = Modern.newBuilder().setId("m");
        Kinds.Builder colors = Kinds.newBuilder();
        ListValue.Builder list = ListValue.newBuilder();
        Struct.Builder struct = Struct.newBuilder();
        Kinds.Builder maps = Kinds.newBuilder();
        Legacy.Builder parts = Legacy.newBuilder().setId("root").setCount(1);
        for (int i = 0; i < 400_000; i++) {
            numbers.addNumbers(i % 60 == 0 ? i : i % 60);
            plain.addPlain(i % 100);
            colors.addColors(Kinds.Color.RED);
        }
        for (int i = 0; i < 40_000; i++) {
            list.addValues(Value.newBuilder().setNumberValue(i));
            struct.putFields(
                    "field" + i, Value.newBuilder().setStringValue("value").build());
            maps.putByNumber(i, "text of row " + i);
            maps.putByName("customer " + i, Order.newBuilder().setCents(i).build());
            parts.addParts(Legacy.newBuilder().setId("part " + i).setCount(i));
        }
        both(numbers.build());
        both(plain.build());
        both(colors.build());
        both(list.build());
        both(struct.build());
        both(maps.build());
        both(parts.build());
        both(Kinds.newBuilder()
                .setBlob(ByteString.copyFrom(new byte[1_000_000]))
                .build());
        both(Kinds.newBuilder().setText("ü€".repeat(200_000)).build());
        // An older reader, which does not know the fields of the parts.
        back(Order.getDefaultInstance(), parts.build().toByteArray());
        Kinds.Inner inner = Kinds.Inner.getDefaultInstance();
        for (int depth = 0; depth < 100; depth++) {
            inner = Kinds.Inner.newBuilder().setInner(inner).build();
        }
        both(inner);
        System.out.print("all came back\n");
    }

    private static void both(Message message) {
        byte[] bytes = new ProtobufSerializer<Message>().serialize("t", message);
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
