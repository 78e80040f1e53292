// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Value;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.LegacyProto;
import io.kurier.serializers.protobuf.test.Order;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back as it was with the same settings, or it is not written. */
class ProtobufReadableTest {
    private static final String TOPIC = "t";

    @ParameterizedTest
    @ValueSource(strings = {"\uD83E", "\uDD89", "CANARY7f3a\uD83E", "\uDD89\uD83E", "\uD83E\uD83E\uDD89"})
    void halfOfACharacterIsRefusedWithItsPlace(String cut) {
        Order order = Order.newBuilder().setId(cut).build();
        Descriptor type = Order.getDescriptor();
        assertRefused(order, " at id: at index ");
        assertRefused(
                DynamicMessage.newBuilder(type)
                        .setField(type.findFieldByName("id"), cut)
                        .build(),
                " at id: at index ");
        assertRefused(Kinds.newBuilder().setIban(cut).build(), " at iban: at index ");
        assertRefused(Kinds.newBuilder().setOrder(order).build(), " at order.id: at index ");
        assertRefused(Kinds.newBuilder().putByNumber(1, cut).build(), " at by_number[0].value: at index ");
        assertRefused(
                Kinds.newBuilder().putByName(cut, Order.getDefaultInstance()).build(), " at by_name[0].key: at index ");
        assertRefused(
                Legacy.newBuilder()
                        .setId("l")
                        .setCount(1)
                        .addParts(Legacy.newBuilder().setId("p").setCount(2).setExtension(LegacyProto.remark, cut))
                        .build(),
                " at parts[0].(kurier.test.remark): at index ");
    }

    @Test
    void everyCharacterStays() {
        for (String text : List.of("?", "?🦉\uDBFF\uDFFF", "\u0000ü€\uFFFD")) {
            Order order = Order.newBuilder().setId(text).build();
            byte[] bytes = new ProtobufSerializer<Order>().serialize(TOPIC, order);
            assertThat(new ProtobufDeserializer<>(Order.class).deserialize(TOPIC, bytes))
                    .isEqualTo(order);
        }
    }

    @Test
    void whatIsNestedMoreDeeplyThanIsReadIsNotWritten() {
        for (boolean forKey : List.of(false, true)) {
            ProtobufSerializer<Message> serializer = new ProtobufSerializer<>();
            serializer.configure(Map.of(), forKey);
            ProtobufDeserializer<Kinds.Inner> deserializer = new ProtobufDeserializer<>(Kinds.Inner.class);
            byte[] bytes = serializer.serialize(TOPIC, inner(100));
            assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(inner(100));
            assertThatThrownBy(() -> serializer.serialize(TOPIC, inner(101)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage(
                            "cannot write a message of type kurier.test.Kinds.Inner, since it could not be read with"
                                    + " these settings: it is nested deeper than 100 levels. If it is meant, raise max.depth"
                                    + " (protobuf.max.depth in a Kafka client's configuration)");
            serializer.configure(Map.of("protobuf.max.depth", "101"), forKey);
            byte[] deeper = serializer.serialize(TOPIC, inner(101));
            assertThatThrownBy(() -> deserializer.deserialize(TOPIC, deeper))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("it is nested deeper than 100 levels");
            ProtobufDeserializer<Kinds.Inner> deep = new ProtobufDeserializer<>(Kinds.Inner.class);
            deep.configure(Map.of("protobuf.max.depth", "101"), forKey);
            assertThat(deep.deserialize(TOPIC, deeper)).isEqualTo(inner(101));
        }
    }

    @Test
    void aMessageThatWouldTakeTooMuchMemoryIsNotWritten() {
        ListValue.Builder bomb = ListValue.newBuilder();
        for (int i = 0; i < 500_000; i++) {
            bomb.addValues(Value.getDefaultInstance());
        }
        assertThatThrownBy(() -> new ProtobufSerializer<>().serialize(TOPIC, bomb.build()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("raise max.expansion");
    }

    /** A type that contains itself, in threads of all sizes of stacks. */
    @Test
    void noStackIsTooSmallForAnExceptionOfTheDocumentedType() throws InterruptedException {
        Map<String, String> deep = Map.of("protobuf.max.depth", "1000000");
        ProtobufSerializer<Message> serializer = new ProtobufSerializer<>();
        serializer.configure(deep, true);
        ProtobufDeserializer<Message> generated = new ProtobufDeserializer<>(Kinds.Inner.getDefaultInstance());
        generated.configure(deep, false);
        ProtobufDeserializer<DynamicMessage> dynamic = ProtobufDeserializer.dynamic(Kinds.Inner.getDescriptor());
        dynamic.configure(deep, false);
        for (int depth : new int[] {10, 490, 990, 5_000}) {
            Message message = inner(depth);
            AtomicReference<byte @Nullable []> bytes = new AtomicReference<>();
            assertThat(thrownWith(64 * 1024, () -> bytes.set(serializer.serialize(TOPIC, message))))
                    .isNull();
            for (int stack = 160; stack <= 1_280; stack += 160) {
                assertNoneOrDocumented(thrownWith(stack, () -> serializer.serialize(TOPIC, message)));
                assertNoneOrDocumented(thrownWith(stack, () -> generated.deserialize(TOPIC, bytes.get())));
                assertNoneOrDocumented(thrownWith(stack, () -> dynamic.deserialize(TOPIC, bytes.get())));
            }
        }
        byte[] groups = new byte[600_000];
        for (int i = 0; i < groups.length; i += 2) {
            groups[i] = (byte) 0xA3;
            groups[i + 1] = 6;
        }
        assertThat(thrownWith(256, () -> generated.deserialize(TOPIC, groups)))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageContaining("the thread's stack is full");
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

    /** A message with so many levels below it. */
    private static Kinds.Inner inner(int depth) {
        Kinds.Inner inner = Kinds.Inner.getDefaultInstance();
        for (int i = 0; i < depth; i++) {
            inner = Kinds.Inner.newBuilder().setInner(inner).build();
        }
        return inner;
    }

    private static void assertRefused(Message message, String place) {
        assertThatThrownBy(() -> new ProtobufSerializer<Message>().serialize(TOPIC, message))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(place)
                .hasMessageContaining("stands one half of a surrogate pair, which is no character")
                .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(Samples.CANARY));
    }
}
