// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static io.kurier.serializers.protobuf.Samples.CANARY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ProtobufFailureTest {
    private static final String TOPIC = "orders";

    private static final Order ORDER =
            Order.newBuilder().setId(CANARY).setCents(1).build();

    @Test
    void aMessageOfAnotherTypeIsRefusedWithBothNames() {
        ProtobufSerializer<Message> orders = new ProtobufSerializer<>(Order.getDescriptor());
        assertThatFails(() -> orders.serialize(
                        TOPIC, Kinds.newBuilder().setText(CANARY).build()))
                .hasMessageStartingWith(
                        "cannot write a message of type kurier.test.Kinds where kurier.test.Order is declared");
        assertThat(orders.serialize(TOPIC, ORDER)).isEqualTo(ORDER.toByteArray());
    }

    @Test
    void requiredFieldsThatAreMissingAreNamed() {
        Legacy part = Legacy.newBuilder().setId(CANARY).buildPartial();
        Legacy partial = Legacy.newBuilder().setCount(1).addParts(part).buildPartial();
        for (Message message : List.of(
                partial,
                DynamicMessage.newBuilder(Legacy.getDescriptor())
                        .mergeFrom(partial)
                        .buildPartial())) {
            assertThatFails(() -> new ProtobufSerializer<>().serialize(TOPIC, message))
                    .hasMessage("cannot write a message of type kurier.test.Legacy: it lacks the required fields id,"
                            + " parts[0].count");
        }
        assertThatFails(() -> new ProtobufDeserializer<>(Legacy.class).deserialize(TOPIC, partial.toByteArray()))
                .hasMessage("cannot read the record as kurier.test.Legacy: it lacks the required fields id,"
                        + " parts[0].count");
    }

    @Test
    void ofManyRequiredFieldsThatAreMissingTheFirstAreNamed() {
        Legacy.Builder many = Legacy.newBuilder().setId(CANARY).setCount(1);
        for (int i = 0; i < 100_000; i++) {
            many.addParts(Legacy.newBuilder().buildPartial());
        }
        byte[] bytes = many.buildPartial().toByteArray();
        assertThatFails(() -> new ProtobufDeserializer<>(Legacy.class).deserialize(TOPIC, bytes))
                .hasMessage("cannot read the record as kurier.test.Legacy: it lacks the required fields parts[0].id,"
                        + " parts[0].count, parts[1].id, parts[1].count, parts[2].id, ...");
    }

    @Test
    void aMessageThatIsTooDeepForTheStackIsRefused() {
        for (boolean forKey : List.of(false, true)) {
            Kinds.Inner inner = Kinds.Inner.getDefaultInstance();
            for (int depth = 0; depth < 300_000; depth++) {
                inner = Kinds.Inner.newBuilder().setInner(inner).buildPartial();
            }
            Kinds.Inner deep = inner;
            ProtobufSerializer<Message> serializer =
                    new ProtobufSerializer<>(Set.of(), forKey, false, ProtobufFormat.LIMITS);
            assertThatFails(() -> serializer.serialize(TOPIC, deep)).hasMessageContaining("the thread's stack is full");
        }
    }

    @Test
    void aHeaderThatNamesAnotherTypeIsAnErrorWithBothNames() {
        Headers headers = new RecordHeaders();
        byte[] bytes = new ProtobufSerializer<>().withTypeHeader().serialize(TOPIC, headers, Samples.kinds());
        assertThatFails(() -> new ProtobufDeserializer<>(Order.class).deserialize(TOPIC, headers, bytes))
                .hasMessage("the header protobuf.type of the record names kurier.test.Kinds, but what is read here is"
                        + " kurier.test.Order");
        Headers odd = new RecordHeaders();
        odd.add("protobuf.type", (CANARY + " \u0000").getBytes(UTF_8));
        assertThatFails(() -> new ProtobufDeserializer<>(Order.class).deserialize(TOPIC, odd, bytes))
                .hasMessageContaining("names something that is no message type");
    }

    @Test
    void aRecordWithoutHeaderIsAnErrorWhereOnlyTheHeaderCanTell() {
        ProtobufDeserializer<DynamicMessage> several =
                ProtobufDeserializer.dynamic(Order.getDescriptor(), Legacy.getDescriptor());
        assertThatFails(() -> several.deserialize(TOPIC, ORDER.toByteArray()))
                .hasMessageStartingWith("the record has no header protobuf.type, which must say of which type it is:"
                        + " kurier.test.Order, kurier.test.Legacy");
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedBeforeItIsParsed() {
        MessageTypes types = MessageTypes.of(List.of(Order.getDefaultInstance()));
        byte[] bytes = ORDER.toByteArray();
        assertThat(new ProtobufDeserializer<Order>(types, atMost(bytes.length)).deserialize(TOPIC, bytes))
                .isEqualTo(ORDER);
        assertThatFails(() ->
                        new ProtobufDeserializer<Order>(types, atMost(bytes.length - 1)).deserialize(TOPIC, bytes))
                .hasMessageStartingWith("cannot read the record as kurier.test.Order: it has " + bytes.length
                        + " bytes, and at most " + (bytes.length - 1) + " are read.");
    }

    @Test
    void bytesThatAreCutAnywhereAreAnErrorOrAShorterMessageAndShowNothing() {
        byte[] bytes = Kinds.newBuilder()
                .setText(CANARY)
                .setOrder(ORDER)
                .putByName(CANARY, ORDER)
                .build()
                .toByteArray();
        int refused = 0;
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            try {
                assertThat(new ProtobufDeserializer<>(Kinds.class).deserialize(TOPIC, cut))
                        .isNotNull();
            } catch (SerializationException e) {
                refused++;
                assertThat(Samples.stackTrace(e)).doesNotContain(CANARY).contains("cannot read the record as kurier");
            }
        }
        assertThat(refused).isEqualTo(bytes.length - 3);
    }

    @Test
    void garbageIsAnErrorOrAMessageAndNothingElse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ProtobufDeserializer<DynamicMessage> dynamic = ProtobufDeserializer.dynamic(Kinds.getDescriptor());
        ProtobufDeserializer<Kinds> generated = new ProtobufDeserializer<>(Kinds.class);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? Samples.kinds().toByteArray() : new byte[random.nextInt(40)];
            if (i % 2 == 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            } else {
                random.nextBytes(bytes);
            }
            assertThat(outcome(generated, bytes)).as("seed " + seed).isEqualTo(outcome(dynamic, bytes));
        }
    }

    private static boolean outcome(ProtobufDeserializer<?> deserializer, byte[] bytes) {
        try {
            return deserializer.deserialize(TOPIC, bytes) != null;
        } catch (SerializationException e) {
            return false;
        }
    }

    @Test
    void messagesThatAreNestedTooDeeplyAreRefused() {
        Kinds.Inner inner = Kinds.Inner.getDefaultInstance();
        for (int depth = 0; depth < 200; depth++) {
            inner = Kinds.Inner.newBuilder().setInner(inner).build();
        }
        byte[] bytes = inner.toByteArray();
        assertThatFails(() -> new ProtobufDeserializer<>(Kinds.Inner.class).deserialize(TOPIC, bytes))
                .hasMessageContaining("it is nested deeper than 100 levels");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] bytes =
                ByteString.copyFrom(new byte[] {0x0A, 3, 'a', (byte) 0xC0, 'b'}).toByteArray();
        assertThatFails(() -> new ProtobufDeserializer<>(Order.class).deserialize(TOPIC, bytes))
                .hasMessageContaining("cannot read the record as kurier.test.Order")
                .hasMessageContaining("UTF-8");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatFails(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOf(SerializationException.class)
                .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(CANARY));
    }

    private static ReadLimits atMost(int bytes) {
        return new ReadLimits("protobuf", bytes, 40, 100);
    }
}
