// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import io.kurier.formats.avro.Digest;
import io.kurier.formats.avro.Kind;
import io.kurier.formats.avro.Shipment;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;

/** Avro as a generated class with logical types, and as generic records. */
final class AvroValues {
    /** A tree's name and a block with one child; a child as a branch of a union; an entry of a map; a huge block. */
    static final List<byte[]> LEVELS =
            List.of(new byte[] {0, 2}, new byte[] {2}, new byte[] {2, 0}, new byte[] {-2, -1, -1, -1, 15});

    private static final Schema TREE = new Schema.Parser().parse("""
                    {"type": "record", "name": "Tree", "fields": [
                      {"name": "name", "type": "string"},
                      {"name": "children", "type": {"type": "array", "items": "Tree"}},
                      {"name": "leaves", "type": {"type": "map", "values": ["null", "Tree", "bytes"]}},
                      {"name": "nothing", "type": {"type": "array", "items": "null"}}]}
                    """);

    private AvroValues() {}

    static Reading fill(Reading reading) {
        Shipment single = shipment(List.of(), null);
        Shipment nested = shipment(List.of(single, shipment(List.of(single), single)), single);
        GenericRecord leaf = tree(List.of(), Map.of());
        GenericRecord tree =
                tree(List.of(leaf, tree(List.of(leaf), Map.of())), ordered(Map.of("a", leaf, "b", bytes(1, 2))));
        return reading.with(
                        new AvroDeserializer<>(Shipment.class),
                        AvroDeserializer.generic(Shipment.getClassSchema()),
                        AvroDeserializer.generic(TREE))
                .with(new AvroSerializer<Shipment>(), single, nested)
                .with(new AvroSerializer<GenericRecord>(), leaf, tree);
    }

    private static Shipment shipment(List<Shipment> parts, @Nullable Shipment next) {
        return Shipment.newBuilder()
                .setId(UUID.fromString("00000000-0000-0000-0000-00000000002a"))
                .setNote("ring twice 🦉")
                .setTotal(new BigDecimal("9.90"))
                .setSent(Instant.parse("2026-11-22T10:15:30.123456Z"))
                .setLocal(LocalDateTime.parse("2026-11-22T10:15:30"))
                .setDue(LocalDate.parse("2026-12-24"))
                .setHour(LocalTime.parse("17:30"))
                .setKind(Kind.LETTER)
                .setDigest(new Digest(new byte[] {1, 2, 3, 4}))
                .setFlags(List.of(true, false))
                .setWeights(ordered(Map.of("a", 1.5f, "b", 2.5, "c", 3L)))
                .setImage(bytes(5, 6, 7))
                .setParts(parts)
                .setNext(next)
                .build();
    }

    private static GenericRecord tree(List<GenericRecord> children, Map<String, ?> leaves) {
        return new GenericRecordBuilder(TREE)
                .set("name", "n")
                .set("children", children)
                .set("leaves", leaves)
                .set("nothing", Arrays.asList(null, null))
                .build();
    }

    /** In the same order in every JVM. */
    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return new TreeMap<>(map);
    }

    private static ByteBuffer bytes(int... each) {
        ByteBuffer bytes = ByteBuffer.allocate(each.length);
        for (int one : each) {
            bytes.put((byte) one);
        }
        return bytes.flip();
    }
}
