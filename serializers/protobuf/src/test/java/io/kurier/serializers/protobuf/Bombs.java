// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.SerializationException;

/** Reads hostile records, one after the other, and prints how many were refused; the argument is {@code max.expansion}. */
final class Bombs {
    private static final int BYTES = 1_000_000;

    /** Fields that none of the types has, or has of another wire type. */
    private static final Map<String, String> UNKNOWN = Map.of(
            "two numbers", "A00600A80600",
            "two texts", "A20600AA0600",
            "two fixed ones", "A50600000000AD0600000000",
            "groups", "A306A406",
            "groups in groups", "A306AB06AC06A406",
            "groups with a field", "A306080AA406",
            "other wire types", "0D000000001500000000");

    /** Each record is made when it is read, since all of them would fill the heap. */
    private record Bomb(String name, Message type, Callable<byte[]> record) {}

    /** Writes a record. */
    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    private Bombs() {}

    public static void main(String[] arguments) {
        int refused = 0;
        List<Bomb> bombs = bombs();
        for (Bomb bomb : bombs) {
            ProtobufDeserializer<Message> reader = new ProtobufDeserializer<>(bomb.type);
            reader.configure(Map.of("protobuf.max.expansion", arguments[0]), false);
            try {
                reader.deserialize("bombs", bomb.record.call());
                System.out.println(bomb.name + " was read");
            } catch (Throwable e) {
                if (e.getClass() == SerializationException.class) {
                    refused++;
                } else {
                    System.out.println(bomb.name + " ended in " + e);
                    return;
                }
            }
        }
        System.out.print(refused + " of " + bombs.size() + " were refused\n");
    }

    private static List<Bomb> bombs() {
        List<Bomb> bombs = new ArrayList<>();
        for (Message generated :
                List.of(Kinds.getDefaultInstance(), Order.getDefaultInstance(), Legacy.getDefaultInstance())) {
            for (Message type : List.of(generated, dynamic(generated))) {
                String name = type.getClass().getSimpleName() + " "
                        + generated.getClass().getSimpleName();
                for (Map.Entry<String, String> unknown : UNKNOWN.entrySet()) {
                    bombs.add(new Bomb(name + ": " + unknown.getKey(), type, () -> filled(unknown.getValue())));
                }
                bombs.add(bomb(name + ": all numbers", type, out -> {
                    for (int number = 2_048; number < BYTES / 4; number++) {
                        out.writeInt32(number, 0);
                    }
                }));
                for (int depth : new int[] {101, 1_000, 100_000, 300_000}) {
                    bombs.add(new Bomb(name + ": deep groups " + depth, type, () -> hex("A306".repeat(depth))));
                }
            }
        }
        for (Message generated : List.of(Kinds.getDefaultInstance(), Legacy.getDefaultInstance())) {
            for (Message type : List.of(generated, dynamic(generated))) {
                for (int depth : new int[] {101, 1_000, 100_000}) {
                    boolean kinds = generated instanceof Kinds;
                    bombs.add(new Bomb(
                            "deep messages " + depth, type, () -> nested(kinds ? 58 : 34, kinds ? 18 : 34, depth)));
                }
            }
        }
        repeated(bombs, ListValue.getDefaultInstance(), "0A00");
        repeated(bombs, ListValue.getDefaultInstance(), "0A023200");
        repeated(bombs, ListValue.getDefaultInstance(), "0A022A00");
        repeated(bombs, Struct.getDefaultInstance(), "0A00");
        repeated(bombs, Struct.getDefaultInstance(), "0A021200");
        repeated(bombs, Legacy.getDefaultInstance(), "2200");
        repeated(bombs, Kinds.getDefaultInstance(), "5200");
        repeated(bombs, Kinds.getDefaultInstance(), "6200");
        repeated(bombs, FileDescriptorProto.getDefaultInstance(), "2200");
        repeated(bombs, FileDescriptorProto.getDefaultInstance(), "22022A00");
        bombs.add(new Bomb(
                "entries of a map without key and value",
                dynamic(Struct.getDefaultInstance()),
                () -> hex("0A00".repeat(140_000))));
        bombs.add(bomb("numbers that an enum does not have", dynamic(Kinds.getDefaultInstance()), out -> {
            for (int i = 1_000; i < BYTES / 5; i++) {
                out.writeEnum(6, i);
            }
        }));
        bombs.add(bomb("packed numbers that an enum does not have", dynamic(Kinds.getDefaultInstance()), out -> {
            out.writeTag(6, 2);
            out.writeUInt32NoTag(2 * 15_000 + 3 * 200_000);
            for (int i = 1_000; i < 16_000; i++) {
                out.writeEnumNoTag(i);
            }
            for (int i = 20_000; i < 220_000; i++) {
                out.writeEnumNoTag(i);
            }
        }));
        return bombs;
    }

    private static void repeated(List<Bomb> bombs, Message type, String unit) {
        bombs.add(new Bomb(type.getClass().getSimpleName() + " of " + unit, type, () -> filled(unit)));
        bombs.add(new Bomb(
                "dynamic " + type.getClass().getSimpleName() + " of " + unit, dynamic(type), () -> filled(unit)));
    }

    private static Message dynamic(Message type) {
        return DynamicMessage.getDefaultInstance(type.getDescriptorForType());
    }

    private static byte[] filled(String unit) {
        return hex(unit.repeat(2 * BYTES / unit.length()));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** From the inside out, with the lengths before it in reverse. */
    private static byte[] nested(int firstTag, int tag, int depth) throws IOException {
        List<byte[]> heads = new ArrayList<>();
        int length = 0;
        for (int level = 0; level < depth; level++) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(head);
            out.writeUInt32NoTag(level == depth - 1 ? firstTag : tag);
            out.writeUInt32NoTag(length);
            out.flush();
            heads.add(0, head.toByteArray());
            length += head.size();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        heads.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static Bomb bomb(String name, Message type, Body body) {
        return new Bomb(name, type, () -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            body.write(out);
            out.flush();
            return bytes.toByteArray();
        });
    }
}
