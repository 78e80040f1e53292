// SPDX-License-Identifier: Apache-2.0
package com.example.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ExtensionRange;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Stage;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import io.kurier.testkit.FakeKafka;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One framing carries two formats, which know nothing of it. */
@Timeout(60)
class FramedRecordsTest {
    private static final Topic<String, GenericRecord> READINGS =
            Topic.of("readings", String.class, GenericRecord.class);
    private static final Topic<String, ExtensionRange> RANGES = Topic.of("ranges", String.class, ExtensionRange.class);
    private static final Topic<String, Any> BOXES = Topic.of("boxes", String.class, Any.class);

    private static final GenericRecord READING = new GenericRecordBuilder(SchemaBuilder.record("Reading")
                    .namespace("com.example")
                    .fields()
                    .requiredInt("celsius")
                    .endRecord())
            .set("celsius", 21)
            .build();
    private static final ExtensionRange RANGE =
            ExtensionRange.newBuilder().setStart(1).setEnd(5).build();

    private final String name = UUID.randomUUID().toString();
    private final Registry registry = Registry.named(name);
    private final FakeKafka kafka = new FakeKafka();

    private Publisher start(Topic<?, ?> topic, String serializer) {
        String key = "topics." + topic.alias() + ".value.serializer";
        return kafka.start(
                Map.of(key, serializer, key + ".framing", "numbered", key + ".framing.numbered.registry", name), topic);
    }

    private Map<String, String> client(String format) {
        return Map.of(format + ".framing", "numbered", "value." + format + ".framing.numbered.registry", name);
    }

    private byte[] published(Topic<?, ?> topic) {
        return kafka.records(topic).get(0).value();
    }

    @Test
    void anAvroRecordHasTheIdBeforeItsBytes() {
        registry.answer();
        try (Publisher publisher = start(READINGS, "avro")) {
            publisher.publish(READINGS, "a", READING).join();
        }

        assertThat(published(READINGS)).isEqualTo(new byte[] {0, 0, 0, 0, 1, 42});
    }

    @Test
    void aProtobufMessageHasThePathToItBehindTheId() {
        registry.answer();
        try (Publisher publisher = start(RANGES, "protobuf")) {
            publisher.publish(RANGES, "a", RANGE).join();
        }

        byte[] value = published(RANGES);
        assertThat(Arrays.copyOf(value, 8))
                .isEqualTo(new byte[] {0, 0, 0, 0, 1, 4, 4, 0}); // [2, 0] of descriptor.proto
        assertThat(Arrays.copyOfRange(value, 8, value.length)).isEqualTo(RANGE.toByteArray());
    }

    @Test
    void theFirstMessageOfAFileHasTheShortPath() {
        registry.answer();
        try (Publisher publisher = start(BOXES, "protobuf")) {
            publisher.publish(BOXES, "a", Any.pack(RANGE)).join();
        }

        assertThat(Arrays.copyOf(published(BOXES), 6)).isEqualTo(new byte[] {0, 0, 0, 0, 1, 0});
    }

    @Test
    void publishWaitsForTheRegistryAndTryPublishDoesNot() {
        try (Publisher publisher = start(READINGS, "avro")) {
            assertThatThrownBy(
                            () -> publisher.tryPublish(READINGS, "a", READING).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(PublishException.class, e -> {
                        assertThat(e.stage()).isEqualTo(Stage.ENCODE);
                        assertThat(e.retriable()).isTrue();
                    })
                    .hasMessageContaining("waits for the id of readings-value, from the registry " + name);

            CompletableFuture<Void> answered = CompletableFuture.runAsync(registry::answer);
            publisher.publish(READINGS, "b", READING).join();
            answered.join();
        }

        assertThat(kafka.records(READINGS))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("b".getBytes(UTF_8)));
    }

    @Test
    void theStartAsksForTheSchemaOfADeclaredClass() {
        CompletableFuture<Void> answered = CompletableFuture.runAsync(registry::answer);
        try (Publisher publisher = start(RANGES, "protobuf")) {
            assertThat(publisher.tryPublish(RANGES, "a", RANGE).join().topic()).isEqualTo("ranges");
        }
        answered.join();
    }

    @Test
    void plainDeserializersReadWhatAPublisherHasWritten() {
        registry.answer();
        try (Publisher publisher = start(READINGS, "avro")) {
            publisher.publish(READINGS, "a", READING).join();
        }
        try (Publisher publisher = start(RANGES, "protobuf")) {
            publisher.publish(RANGES, "a", RANGE).join();
        }

        try (AvroDeserializer<GenericRecord> avro = new AvroDeserializer<>();
                ProtobufDeserializer<ExtensionRange> protobuf = new ProtobufDeserializer<>(ExtensionRange.class)) {
            avro.configure(client("avro"), false); // the registry has the schema, so none is configured
            protobuf.configure(client("protobuf"), false);
            assertThat(avro.deserialize("readings", published(READINGS))).isEqualTo(READING);
            assertThat(protobuf.deserialize("ranges", published(RANGES))).isEqualTo(RANGE);
            assertThat(protobuf.deserialize("ranges", null, ByteBuffer.wrap(published(RANGES))))
                    .isEqualTo(RANGE);
        }
    }

    @Test
    void plainSerializersWaitForTheRegistry() {
        try (AvroSerializer<GenericRecord> avro = new AvroSerializer<>();
                ProtobufSerializer<ExtensionRange> protobuf = new ProtobufSerializer<>()) {
            avro.configure(client("avro"), false);
            protobuf.configure(client("protobuf"), false);
            CompletableFuture<Void> answered = CompletableFuture.runAsync(registry::answer);
            assertThat(avro.serialize("readings", READING)).startsWith(0, 0, 0, 0, 1);
            assertThat(protobuf.serialize("ranges", RANGE)).startsWith(0, 0, 0, 0, 2, 4, 4, 0);
            answered.join();
        }
    }

    @Test
    void aPlainSerializerWaitsNoLongerThanItsProducer() {
        try (AvroSerializer<GenericRecord> avro = new AvroSerializer<>()) {
            avro.configure(
                    Map.of("avro.framing", "numbered", "avro.framing.numbered.registry", name, "max.block.ms", 20L),
                    false);
            assertThatThrownBy(() -> avro.serialize("readings", READING))
                    .isInstanceOf(org.apache.kafka.common.errors.TimeoutException.class)
                    .hasMessageContaining("the registry " + name + ": no answer within 20 ms");
        }
    }

    @Test
    void aMessageOfAnotherTypeIsRefusedByItsPath() {
        registry.answer();
        try (ProtobufSerializer<Any> writer = new ProtobufSerializer<>();
                ProtobufDeserializer<ExtensionRange> reader = new ProtobufDeserializer<>(ExtensionRange.class)) {
            writer.configure(client("protobuf"), false);
            reader.configure(client("protobuf"), false);
            byte[] any = Objects.requireNonNull(writer.serialize("ranges", Any.getDefaultInstance()));
            assertThatThrownBy(() -> reader.deserialize("ranges", any))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("the framing of the record names google.protobuf.Any, but what is read here is"
                            + " google.protobuf.DescriptorProto.ExtensionRange");
        }
    }

    @Test
    void bytesWithoutTheFrameAreRefusedInWords() {
        registry.answer();
        try (AvroDeserializer<GenericRecord> avro = new AvroDeserializer<>()) {
            avro.configure(client("avro"), false);
            assertThatThrownBy(() -> avro.deserialize("readings", new byte[] {1, 2}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("cannot read Avro as GenericRecord: it does not begin with a zero byte and the id of a"
                            + " schema");
            assertThatThrownBy(() -> avro.deserialize("readings", new byte[] {0, 0, 0, 0, 9, 1}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the registry " + name + " has no schema 9");
        }
    }

    @Test
    void aNameThatNoFramingHasStopsTheStart() {
        assertThatThrownBy(() -> kafka.start(
                                Map.of(
                                        "topics.readings.value.serializer", "avro",
                                        "topics.readings.value.serializer.framing", "nmbered"),
                                READINGS)
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("there is no such framing for avro. There are none, numbered, single-object");
        assertThatThrownBy(() -> new ProtobufSerializer<>().configure(Map.of("protobuf.framing", "nmbered"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no such framing for protobuf. There are none, numbered. ");
    }

    @Test
    void aKeyThatTheFramingNeedsStopsTheStart() {
        assertThatThrownBy(() -> kafka.start(
                                Map.of(
                                        "topics.readings.value.serializer", "avro",
                                        "topics.readings.value.serializer.framing", "numbered"),
                                READINGS)
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the framing numbered refuses its keys, which are set as framing.numbered.KEY:"
                        + " Missing required configuration \"registry\"");
    }

    @Test
    void theFramingItselfSaysThatItIsNotReady() {
        NumberedFraming framing = new NumberedFraming(
                registry,
                new FramingSettings("numbered", "avro", null, false, new AbstractConfig(new ConfigDef(), Map.of())));
        assertThatThrownBy(() -> framing.writer("readings", PayloadSchema.of("avro", "com.example.Reading", "{}")))
                .isInstanceOf(NotReadyException.class);
    }
}
