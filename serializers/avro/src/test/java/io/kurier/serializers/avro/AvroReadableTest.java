// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.avro.test.Node;
import io.kurier.serializers.avro.test.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back as it was with the same settings, or it is not written. */
class AvroReadableTest {
    private static final String TOPIC = "t";

    /** In KiB. */
    private static final int LARGE_STACK = 64 * 1024;

    private static final Schema TEXTS =
            schema("{'type':'record','name':'Texts','fields':[{'name':'text','type':'string'},"
                    + "{'name':'maybe','type':['null','string']},{'name':'list','type':{'type':'array','items':'string'}},"
                    + "{'name':'map','type':{'type':'map','values':'int'}}]}");

    @ParameterizedTest
    @ValueSource(strings = {"\uD83E", "\uDD89", "CANARY7f3a\uD83E", "\uDD89\uD83E", "\uD83E\uD83E\uDD89"})
    void halfOfACharacterIsRefusedWithItsPlace(String cut) {
        assertRefused(record(TEXTS, cut, null, List.of(), Map.of()), " at $.text: at index ");
        assertRefused(record(TEXTS, new StringBuilder(cut), null, List.of(), Map.of()), " at $.text: at index ");
        assertRefused(record(TEXTS, "a", cut, List.of(), Map.of()), " at $.maybe: at index ");
        assertRefused(record(TEXTS, "a", null, List.of("b", cut), Map.of()), " at $.list[1]: at index ");
        assertRefused(record(TEXTS, "a", null, List.of(), Map.of(cut, 1)), " at $.map: in a key, at index ");
        Order order = Samples.order();
        order.setLabels(Map.of("k", cut));
        assertRefused(order, " at $.labels.*: at index ");
        assertRefused(Samples.order(cut), " at $.id: at index ");
    }

    @Test
    void everyCharacterAndTheBytesOfAUtf8Stay() {
        String all = "?\u0000ü€\uFFFD🦉\uDBFF\uDFFF";
        byte[] bytes = Samples.encode(record(TEXTS, all, all, List.of(all), Map.of(all, 1)));
        GenericRecord back = requireNonNull(AvroDeserializer.generic(TEXTS).deserialize(TOPIC, bytes));
        assertThat(back.get("text")).hasToString(all);
        assertThat(back.get("map")).isEqualTo(Map.of(new Utf8(all), 1));
        Utf8 odd = new Utf8(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        byte[] kept = Samples.encode(record(TEXTS, odd, null, List.of(), Map.of()));
        assertThat(requireNonNull(AvroDeserializer.generic(TEXTS).deserialize(TOPIC, kept))
                        .get("text"))
                .isEqualTo(odd);
    }

    /** In a thread whose stack is no limit: Avro's writer takes more of it for a level while it is interpreted. */
    @Test
    void whatIsNestedMoreDeeplyThanIsReadIsNotWritten() throws InterruptedException {
        assertThat(thrownWith(LARGE_STACK, () -> {
                    byte[] bytes = Samples.encode(nodes(500));
                    assertThat(new AvroDeserializer<>(Node.class).deserialize(TOPIC, bytes))
                            .isEqualTo(nodes(500));
                }))
                .isNull();
        assertThat(thrownWith(LARGE_STACK, () -> Samples.encode(nodes(501))))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write io.kurier.serializers.avro.test.Node as Avro, since it could not be read with"
                        + " these settings: it is nested deeper than 500 levels. If it is meant, raise max.depth"
                        + " (avro.max.depth in a Kafka client's configuration)");
        AvroSerializer<Node> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("value.avro.max.depth", "501"), false);
        AvroDeserializer<Node> deserializer = new AvroDeserializer<>(Node.class);
        AtomicReference<byte @Nullable []> deeper = new AtomicReference<>();
        assertThat(thrownWith(LARGE_STACK, () -> deeper.set(serializer.serialize(TOPIC, nodes(501)))))
                .isNull();
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, deeper.get()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("deeper than 500 levels");
        deserializer.configure(Map.of("avro.max.depth", "501"), false);
        assertThat(thrownWith(
                        LARGE_STACK,
                        () -> assertThat(deserializer.deserialize(TOPIC, deeper.get()))
                                .isEqualTo(nodes(501))))
                .isNull();
    }

    @Test
    void aRecordThatWouldTakeTooMuchMemoryIsNotWritten() {
        Schema maps = schema("{'type':'record','name':'Maps','fields':[{'name':'f','type':{'type':'array','items':"
                + "{'type':'map','values':'int'}}}]}");
        List<Map<String, Integer>> empty = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            empty.add(Map.of());
        }
        GenericRecord bomb = new GenericData.Record(maps);
        bomb.put("f", empty);
        assertThatThrownBy(() -> Samples.encode(bomb))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("raise max.expansion");
    }

    /** A class that contains itself, in threads of all sizes of stacks. */
    @Test
    void noStackIsTooSmallForAnExceptionOfTheDocumentedType() throws InterruptedException {
        Map<String, String> deep = Map.of("avro.max.depth", "1000000");
        AvroSerializer<Node> serializer = new AvroSerializer<>();
        serializer.configure(deep, false);
        AvroDeserializer<Node> deserializer = new AvroDeserializer<>(Node.class);
        deserializer.configure(deep, false);
        for (int depth : new int[] {10, 490, 990, 3_000}) {
            Node node = nodes(depth);
            AtomicReference<byte @Nullable []> bytes = new AtomicReference<>();
            assertThat(thrownWith(LARGE_STACK, () -> bytes.set(serializer.serialize(TOPIC, node))))
                    .isNull();
            for (int stack = 160; stack <= 1_280; stack += 160) {
                assertNoneOrDocumented(thrownWith(stack, () -> serializer.serialize(TOPIC, node)));
                assertNoneOrDocumented(thrownWith(stack, () -> deserializer.deserialize(TOPIC, bytes.get())));
            }
        }
    }

    private static void assertNoneOrDocumented(@Nullable Throwable thrown) {
        if (thrown != null) {
            assertThat(thrown).isExactlyInstanceOf(SerializationException.class);
        }
    }

    private static @Nullable Throwable thrownWith(int stackKibibytes, Runnable work) throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(null, work, "small stack", stackKibibytes * 1024L);
        thread.setUncaughtExceptionHandler((ended, error) -> thrown.set(error));
        thread.start();
        thread.join();
        return thrown.get();
    }

    private static Node nodes(int depth) {
        Node node = new Node("leaf", null);
        for (int i = 1; i < depth; i++) {
            node = new Node("n", node);
        }
        return node;
    }

    private static void assertRefused(Object value, String place) {
        assertThatThrownBy(() -> Samples.encode(value))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(place)
                .hasMessageContaining("stands one half of a surrogate pair, which is no character")
                .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(Samples.CANARY));
    }
}
