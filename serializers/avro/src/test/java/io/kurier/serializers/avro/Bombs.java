// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.schema;

import io.kurier.serializers.avro.test.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.reflect.Nullable;
import org.apache.kafka.common.errors.SerializationException;

/** Reads hostile records, one after the other, and prints how many were refused; the argument is {@code max.expansion}. */
final class Bombs {
    private static final int BYTES = 1_000_000;

    /** Items that take no bytes at all. */
    private static final List<String> NOTHING = List.of(
            "'null'",
            "{'type':'record','name':'Empty','fields':[]}",
            "{'type':'fixed','name':'None','size':0}",
            "{'type':'record','name':'Nulls','fields':[{'name':'a','type':'null'},{'name':'b','type':'null'}]}",
            "{'type':'record','name':'Twice','fields':[{'name':'a','type':{'type':'record','name':'E','fields':[]}},"
                    + "{'name':'b','type':'E'}]}");

    /** Items of a byte or a few, with their bytes. */
    private static final Map<String, byte[]> LITTLE = Map.of(
            "{'type':'map','values':'int'}",
            new byte[1],
            "{'type':'array','items':'int'}",
            new byte[1],
            "'string'",
            new byte[1],
            "'bytes'",
            new byte[1],
            "['null',{'type':'map','values':'int'}]",
            new byte[] {2, 0},
            "['null',{'type':'record','name':'Empty','fields':[]}]",
            new byte[] {2},
            "{'type':'record','name':'A','fields':[{'name':'m','type':{'type':'map','values':'int'}}]}",
            new byte[1],
            "{'type':'record','name':'B','fields':[{'name':'a','type':{'type':'array','items':'int'}},"
                    + "{'name':'b','type':'string'},{'name':'c','type':'bytes'}]}",
            new byte[3],
            "{'type':'array','items':{'type':'array','items':'null'}}",
            new byte[] {2, -2, 15, 0, 0},
            "{'type':'array','items':{'type':'map','values':'null'}}",
            new byte[] {2, 0, 0});

    /** Each record is made when it is read, since all of them would fill the heap. */
    private record Bomb(String name, AvroDeserializer<?> reader, Callable<byte[]> record) {}

    /** Writes the body of a record. */
    private interface Body {
        void write(BinaryEncoder out) throws IOException;
    }

    private Bombs() {}

    public static void main(String[] arguments) {
        int refused = 0;
        List<Bomb> bombs = bombs(Map.of("avro.max.expansion", arguments[0]));
        for (Bomb bomb : bombs) {
            try {
                bomb.reader.deserialize("bombs", bomb.record.call());
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

    private static List<Bomb> bombs(Map<String, String> limits) {
        List<Bomb> bombs = new ArrayList<>();
        for (String item : NOTHING) {
            for (int zeros = 8; zeros < 18; zeros++) {
                long claimed = (long) Math.pow(10, zeros);
                bombs.add(bomb(item + " * 10^" + zeros, array(item), limits, out -> {
                    out.writeLong(claimed);
                    out.writeLong(0);
                }));
            }
            bombs.add(bomb(item + " in blocks", array(item), limits, out -> {
                for (int i = 0; i < BYTES / 3; i++) {
                    out.writeLong(5_000);
                }
                out.writeLong(0);
            }));
        }
        for (Map.Entry<String, byte[]> little : LITTLE.entrySet()) {
            int items = BYTES / little.getValue().length;
            for (int block : new int[] {items, 1_000}) {
                bombs.add(bomb(little.getKey() + " by " + block, array(little.getKey()), limits, out -> {
                    for (int written = 0; written < items; written += block) {
                        out.writeLong(block);
                        for (int i = 0; i < block; i++) {
                            out.writeFixed(little.getValue());
                        }
                    }
                    out.writeLong(0);
                }));
            }
            int entries = BYTES / (little.getValue().length + 2);
            for (int block : new int[] {entries, 1_000}) {
                String map = record("{'type':'map','values':" + little.getKey() + "}");
                bombs.add(bomb("map of " + little.getKey() + " by " + block, map, limits, out -> {
                    for (int written = 0; written < entries; written += block) {
                        out.writeLong(block);
                        for (int i = 0; i < block; i++) {
                            out.writeFixed(new byte[] {2, (byte) (i & 127)});
                            out.writeFixed(little.getValue());
                        }
                    }
                    out.writeLong(0);
                }));
            }
        }
        for (int depth : new int[] {501, 1_000, 2_000, 5_000, 10_000, 100_000, 300_000}) {
            Callable<byte[]> node = () -> record(Node.getClassSchema(), out -> {
                for (int i = 0; i < depth; i++) {
                    out.writeString("");
                    out.writeIndex(1);
                }
            });
            AvroDeserializer<Node> reader = new AvroDeserializer<>(Node.class);
            reader.configure(limits, false);
            bombs.add(new Bomb("nodes " + depth, reader, node));
            String tree =
                    "{'type':'record','name':'Tree','fields':[{'name':'t','type':{'type':'array','items':'Tree'}}]}";
            bombs.add(bomb("trees " + depth, tree, limits, out -> {
                for (int i = 0; i < depth; i++) {
                    out.writeLong(1);
                }
            }));
        }
        addValues(bombs, limits);
        addPlainClasses(bombs, limits);
        String wide = "{'type':'record','name':'Wide','fields':[{'name':'t','type':{'type':'array','items':'Wide'}}]}";
        bombs.add(bomb("wide trees", wide, limits, out -> {
            out.writeLong(BYTES);
            out.writeFixed(new byte[BYTES + 1]);
        }));
        for (int depth : new int[] {50, 100, 490}) {
            bombs.add(bomb("narrow trees " + depth, wide, limits, out -> {
                int trees = BYTES / (2 * depth);
                out.writeLong(trees);
                for (int i = 0; i < trees; i++) {
                    for (int j = 1; j < depth; j++) {
                        out.writeLong(1);
                    }
                    out.writeFixed(new byte[depth]);
                }
                out.writeLong(0);
            }));
        }
        return bombs;
    }

    /** The same without a record around them. */
    private static void addValues(List<Bomb> bombs, Map<String, String> limits) {
        for (String item : NOTHING) {
            String array = "{'type':'array','items':" + item + "}";
            bombs.add(bomb("whole " + item, array, limits, out -> {
                out.writeLong(2_000_000_000);
                out.writeLong(0);
            }));
            bombs.add(bomb("union of " + item, "['null'," + array + "]", limits, out -> {
                out.writeIndex(1);
                for (int i = 0; i < BYTES / 3; i++) {
                    out.writeLong(5_000);
                }
                out.writeLong(0);
            }));
        }
        LITTLE.forEach((item, bytes) ->
                bombs.add(bomb("whole " + item, "{'type':'array','items':" + item + "}", limits, out -> {
                    int items = BYTES / bytes.length;
                    out.writeLong(items);
                    for (int i = 0; i < items; i++) {
                        out.writeFixed(bytes);
                    }
                    out.writeLong(0);
                })));
    }

    /** A plain class that contains itself, collections and sets. */
    static final class Plain {
        List<Map<String, Integer>> maps = List.of();

        @Nullable
        Plain next;

        Set<Integer> numbers = Set.of();
        List<Set<String>> sets = List.of();
    }

    private static void addPlainClasses(List<Bomb> bombs, Map<String, String> limits) {
        AvroDeserializer<Plain> reader = new AvroDeserializer<>(Plain.class);
        reader.configure(limits, false);
        Schema schema = new ReflectModel(Plain.class, false).schema();
        bombs.add(new Bomb(
                "plain maps",
                reader,
                () -> record(schema, out -> {
                    out.writeLong(BYTES);
                    out.writeFixed(new byte[BYTES + 4]);
                })));
        bombs.add(new Bomb(
                "plain sets",
                reader,
                () -> record(schema, out -> {
                    out.writeFixed(new byte[3]);
                    out.writeLong(BYTES);
                    out.writeFixed(new byte[BYTES + 1]);
                })));
        for (int depth : new int[] {501, 300_000}) {
            bombs.add(new Bomb(
                    "plain in plain " + depth,
                    reader,
                    () -> record(schema, out -> {
                        for (int i = 0; i < depth; i++) {
                            out.writeFixed(new byte[] {0, 2});
                        }
                    })));
        }
    }

    private static String array(String item) {
        return record("{'type':'array','items':" + item + "}");
    }

    private static String record(String field) {
        return "{'type':'record','name':'Bomb','fields':[{'name':'f','type':" + field + "}]}";
    }

    private static Bomb bomb(String name, String schema, Map<String, String> limits, Body body) {
        Schema parsed = schema(schema);
        AvroDeserializer<?> reader = AvroDeserializer.generic(parsed);
        reader.configure(limits, false);
        return new Bomb(name, reader, () -> record(parsed, body));
    }

    private static byte[] record(Schema schema, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SingleObject.header(Fingerprint.of(schema)));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        body.write(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
