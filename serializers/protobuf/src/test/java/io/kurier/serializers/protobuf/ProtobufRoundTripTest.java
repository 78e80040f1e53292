// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.LegacyProto;
import io.kurier.serializers.protobuf.test.Order;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtobufRoundTripTest {
    private static final String TOPIC = "orders";

    static Stream<Message> messages() {
        return Stream.of(
                Samples.order(1),
                Samples.kinds(),
                Samples.legacy(),
                Samples.modern(),
                Samples.shipment(),
                Order.getDefaultInstance(),
                Kinds.getDefaultInstance());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aGeneratedMessageIsWrittenAsItsOwnBytesAndComesBack(Message message) throws Exception {
        byte[] bytes = new ProtobufSerializer<>().serialize(TOPIC, message);
        assertThat(bytes).isEqualTo(message.toByteArray());
        Message back = new ProtobufDeserializer<>(message).deserialize(TOPIC, bytes);
        // Without a registry extensions come back as unknown fields, with nothing lost.
        Parser<? extends Message> parser = message.getParserForType();
        assertThat(back).isEqualTo(parser.parseFrom(bytes)).hasSameClassAs(message);
        assertThat(new ProtobufSerializer<>().serialize(TOPIC, back)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aDynamicMessageOfADescriptorSetComesBackWithAllFieldsKnown(Message message) {
        DescriptorSet set =
                DescriptorSet.parse(Samples.set(message.getDescriptorForType().getFile()));
        String name = message.getDescriptorForType().getFullName();
        MessageTypes types = MessageTypes.of(set, Optional.of(name));
        ProtobufDeserializer<DynamicMessage> reader = new ProtobufDeserializer<>(types, ProtobufFormat.LIMITS);
        DynamicMessage dynamic = requireNonNull(reader.deserialize(TOPIC, message.toByteArray()));
        assertThat(dynamic.getUnknownFields().asMap()).isEmpty();
        assertThat(new ProtobufSerializer<>(message.getDescriptorForType()).serialize(TOPIC, dynamic))
                .isEqualTo(message.toByteArray());
    }

    @Test
    void aClassAnInstanceAndADescriptorReadTheSame() {
        byte[] bytes = Samples.order(1).toByteArray();
        Order byClass = new ProtobufDeserializer<>(Order.class).deserialize(TOPIC, bytes);
        Order byInstance = new ProtobufDeserializer<>(Order.getDefaultInstance()).deserialize(TOPIC, bytes);
        DynamicMessage dynamic =
                ProtobufDeserializer.dynamic(Order.getDescriptor()).deserialize(TOPIC, bytes);
        assertThat(byClass).isEqualTo(Samples.order(1)).isEqualTo(byInstance).isEqualTo(dynamic);
    }

    @Test
    void nullIsATombstoneAndAnEmptyMessageIsNot() {
        ProtobufSerializer<Order> serializer = new ProtobufSerializer<Order>().withTypeHeader();
        ProtobufDeserializer<Order> deserializer = new ProtobufDeserializer<>(Order.class);
        Headers headers = new RecordHeaders();
        assertThat(serializer.serialize(TOPIC, headers, null)).isNull();
        assertThat(headers).isEmpty();
        assertThat(deserializer.deserialize(TOPIC, (byte[]) null)).isNull();
        assertThat(deserializer.deserialize(TOPIC, headers, (ByteBuffer) null)).isNull();
        assertThat(serializer.serialize(TOPIC, Order.getDefaultInstance())).isEmpty();
        assertThat(deserializer.deserialize(TOPIC, new byte[0])).isEqualTo(Order.getDefaultInstance());
    }

    @Test
    void aBufferIsReadBetweenPositionAndLimitAndLeftAsItIs() {
        byte[] bytes = Samples.order(1).toByteArray();
        ProtobufDeserializer<Order> deserializer = new ProtobufDeserializer<>(Order.class);
        for (ByteBuffer buffer :
                List.of(ByteBuffer.allocate(bytes.length + 7), ByteBuffer.allocateDirect(bytes.length + 7))) {
            buffer.position(3).put(bytes).flip().position(3);
            assertThat(deserializer.deserialize(TOPIC, new RecordHeaders(), buffer))
                    .isEqualTo(Samples.order(1));
            assertThat(buffer.position()).isEqualTo(3);
        }
    }

    @Test
    void fieldsThatTheReaderDoesNotKnowSurviveItsHands() {
        Order read = requireNonNull(new ProtobufDeserializer<>(Order.class)
                .deserialize(TOPIC, Kinds.newBuilder().setRatio(1.5).build().toByteArray()));
        assertThat(read.getUnknownFields().asMap()).containsOnlyKeys(3);
        Legacy extended = requireNonNull(new ProtobufDeserializer<>(Legacy.class)
                .deserialize(TOPIC, Samples.legacy().toByteArray()));
        assertThat(extended.getUnknownFields().asMap()).containsOnlyKeys(100, 101);
        assertThat(extended.toByteArray()).isEqualTo(Samples.legacy().toByteArray());
    }

    @Test
    void aKeyHasTheSameBytesInWhateverOrderItsMapsWereFilledAndWhateverItsClass() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ProtobufSerializer<Message> keys = new ProtobufSerializer<>();
        keys.configure(Map.of(), true);
        List<Integer> numbers = new ArrayList<>(IntStream.range(-50, 50).boxed().toList());
        byte[] expected = null;
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(numbers, random);
            Kinds.Builder generated = Kinds.newBuilder();
            DynamicMessage.Builder dynamic = DynamicMessage.newBuilder(Kinds.getDescriptor());
            for (int number : numbers) {
                Kinds entry = Kinds.newBuilder()
                        .putByNumber(number, "v" + number)
                        .putByName("é" + number, Samples.order(number))
                        .putByFlag(
                                number > 0,
                                Kinds.Inner.newBuilder().addNumbers(1).build())
                        .build();
                generated.mergeFrom(entry);
                dynamic.mergeFrom(DynamicMessage.newBuilder(Kinds.getDescriptor())
                        .mergeFrom(entry)
                        .build());
            }
            byte[] key = keys.serialize(TOPIC, generated.build());
            expected = expected == null ? key : expected;
            assertThat(key).as("seed " + seed).isEqualTo(expected);
            assertThat(keys.serialize(TOPIC, dynamic.build()))
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
        assertThat(new ProtobufDeserializer<>(Kinds.class).deserialize(TOPIC, expected))
                .satisfies(back -> assertThat(back.getByNumberMap()).hasSize(100));
    }

    @Test
    void theHeaderNamesTheTypeAndChoosesIt() {
        ProtobufSerializer<Message> serializer = new ProtobufSerializer<>().withTypeHeader();
        ProtobufDeserializer<Message> deserializer =
                new ProtobufDeserializer<>(List.of(Order.getDefaultInstance(), Legacy.getDefaultInstance()));
        for (Message message : List.of(
                Samples.order(1),
                Samples.legacy().toBuilder()
                        .clearExtension(LegacyProto.remark)
                        .clearExtension(LegacyProto.twin)
                        .build())) {
            Headers headers = new RecordHeaders();
            headers.add("protobuf.type", "stale".getBytes(UTF_8));
            byte[] bytes = serializer.serialize(TOPIC, headers, message);
            assertThat(headers)
                    .singleElement()
                    .satisfies(header -> assertThat(new String(header.value(), UTF_8))
                            .isEqualTo(message.getDescriptorForType().getFullName()));
            assertThat(deserializer.deserialize(TOPIC, headers, bytes)).isEqualTo(message);
        }
        Headers none = new RecordHeaders();
        new ProtobufSerializer<Message>().serialize(TOPIC, none, Samples.order(1));
        assertThat(none).isEmpty();
    }

    @Test
    void manyThreadsShareBoth() throws Exception {
        ProtobufSerializer<Kinds> serializer = new ProtobufSerializer<Kinds>().withTypeHeader();
        ProtobufDeserializer<DynamicMessage> deserializer = ProtobufDeserializer.dynamic(Kinds.getDescriptor());
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Stream<Callable<Boolean>> work = IntStream.range(0, threads).mapToObj(thread -> () -> {
                for (int i = 0; i < 500; i++) {
                    Kinds message = Samples.kinds().toBuilder()
                            .setText(thread + "-" + i)
                            .build();
                    Headers headers = new RecordHeaders();
                    byte[] bytes = serializer.serialize(TOPIC, headers, message);
                    if (!message.equals(deserializer.deserialize(TOPIC, headers, bytes))) {
                        return false;
                    }
                }
                return true;
            });
            for (Future<Boolean> all : pool.invokeAll(work.toList())) {
                assertThat(all.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
