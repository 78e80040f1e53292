// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.apicurio.registry.serde.protobuf.ProtobufKafkaDeserializer;
import io.apicurio.registry.serde.protobuf.ProtobufKafkaSerializer;
import io.kurier.peers.protobuf.Basket;
import io.kurier.peers.protobuf.ShopOrder;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Protobuf between Kurier and Apicurio's serializers. */
@WithRegistry
class ApicurioProtobufTest {
    private static final Path FILE = Path.of("src", "test", "protobuf", "shop.proto");
    private static final Path DESCRIPTORS = Path.of("target", "generated-test-resources", "shop.desc");
    private static final Basket.Line LINE =
            Basket.Line.newBuilder().setSku("s-1").setQuantity(3).build();

    private static final ShopOrder ORDER = ShopOrder.newBuilder()
            .setId("o-1")
            .setCents(4_200)
            .setNote("päckchen")
            .build();
    private static final Basket BASKET =
            Basket.newBuilder().setCustomer("c-1").addLines(LINE).build();

    @TempDir
    private Path folder;

    private static Stream<Arguments> forms(Message... messages) {
        return Stream.of(Form.values())
                .flatMap(form -> Stream.of(messages).map(message -> Arguments.of(form, message)));
    }

    static Stream<Arguments> readByApicurio() {
        return forms(ORDER, BASKET, LINE);
    }

    /** Without a nested message: Apicurio's serializer refuses those ("Missing message type Line"). */
    static Stream<Arguments> writtenByApicurio() {
        return forms(ORDER, BASKET);
    }

    @ParameterizedTest
    @MethodSource("readByApicurio")
    void apicurioReadsWhatKurierWrites(Form form, Message message, Registry registry) throws IOException {
        String topic = topic("written", form, message);
        int id = registry.register(topic + "-value", "PROTOBUF", Files.readString(FILE));
        Headers headers = new RecordHeaders();
        byte[] written = write(form, registry.source(), topic, headers, message);
        Headers offline = new RecordHeaders();
        assertThat(write(form, SchemaFolder.of(folder, id, DESCRIPTORS).source(), topic, offline, message))
                .isEqualTo(written);
        assertThat(offline).isEqualTo(headers);

        try (Deserializer<Message> deserializer = new ProtobufKafkaDeserializer<>()) {
            Map<String, String> config = form.apicurio(registry);
            config.put(
                    "apicurio.registry.deserializer.value.return-class",
                    message.getClass().getName());
            deserializer.configure(config, false);
            assertThat(deserializer.deserialize(topic, headers, written)).isEqualTo(message);
        }
    }

    private static byte[] write(Form form, Map<String, String> source, String topic, Headers headers, Message message) {
        try (Serializer<Message> serializer = new ProtobufSerializer<>()) {
            serializer.configure(form.kurier("protobuf", source), false);
            return serializer.serialize(topic, headers, message);
        }
    }

    @ParameterizedTest
    @MethodSource("writtenByApicurio")
    void kurierReadsWhatApicurioWrites(Form form, Message message, Registry registry) {
        String topic = topic("read", form, message);
        Headers headers = new RecordHeaders();
        byte[] written;
        try (Serializer<Message> serializer = new ProtobufKafkaSerializer<>()) {
            serializer.configure(form.apicurioRegisters(registry), false);
            written = serializer.serialize(topic, headers, message);
        }
        SchemaFolder ids = SchemaFolder.of(folder, registry.latestId(topic + "-value"), DESCRIPTORS);

        for (Map<String, String> config : form.kurierReaders("protobuf", ids.source(), registry.source())) {
            try (Deserializer<Message> deserializer = new ProtobufDeserializer<>(List.of(ORDER, BASKET))) {
                deserializer.configure(config, false);
                assertThat(deserializer.deserialize(topic, headers, written)).isEqualTo(message);
            }
        }
    }

    private static String topic(String direction, Form form, Message message) {
        return "protobuf-" + direction + "-" + form + "-"
                + message.getDescriptorForType().getName();
    }
}
