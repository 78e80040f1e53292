// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.kurier.peers.JavaScriptPeer.ProtobufType;
import io.kurier.peers.JavaScriptPeer.Written;
import io.kurier.peers.protobuf.Basket;
import io.kurier.serializers.json.JsonSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kurier's framings {@code confluent} and {@code confluent-header} beside Confluent's serializers for JavaScript.
 *
 * <p>Apicurio neither knows GUIDs nor returns Protobuf as a serialized descriptor, for which Confluent's serializers
 * ask, so the proxy answers those requests as Confluent's registry does.
 */
@WithRegistry
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfluentJavaScriptTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GUID_HEADER = "__value_schema_id";
    private static @Nullable JavaScriptPeer peer;

    @TempDir
    private Path folder;

    private final Registry registry;

    ConfluentJavaScriptTest(Registry registry) {
        this.registry = registry;
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        peer = JavaScriptPeer.start();
    }

    @AfterAll
    static void close() {
        if (peer != null) {
            peer.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePeerReadsWhatKurierWritesWithAPrefix(PeerFormat format) throws IOException {
        peerReads(format, "confluent");
    }

    @ParameterizedTest
    @EnumSource
    void thePeerReadsWhatKurierWritesWithAHeader(PeerFormat format) throws IOException {
        peerReads(format, "confluent-header");
    }

    private void peerReads(PeerFormat format, String framing) throws IOException {
        String topic = "peer-reads-" + framing + "-" + format.format();
        int id = register(topic, format);
        Headers headers = new RecordHeaders();
        byte[] written = write(format, framing, id, topic, headers);
        try (RegistryProxy proxy = new RegistryProxy(registry)) {
            answerAsConfluent(proxy, topic, format, id, guid(headers));

            JsonNode read = peer().read(format.format(), topic, proxy.url(), headers, written);

            assertThat(read.get("json")).isEqualTo(JSON.readTree(format.json()));
            assertThat(proxy.requests()).anyMatch(request -> request.startsWith("GET /schemas/"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void kurierReadsWhatThePeerWritesWithAPrefix(PeerFormat format) throws IOException {
        kurierReads(format, false);
    }

    @ParameterizedTest
    @EnumSource
    void kurierReadsWhatThePeerWritesWithAHeader(PeerFormat format) throws IOException {
        kurierReads(format, true);
    }

    private void kurierReads(PeerFormat format, boolean inHeader) throws IOException {
        String topic = "peer-writes-" + inHeader + "-" + format.format();
        int id = register(topic, format);
        Headers ofKurier = new RecordHeaders();
        write(format, "confluent-header", id, topic, ofKurier);
        ProtobufType type = format == PeerFormat.PROTOBUF
                ? new ProtobufType(Basket.Line.getDescriptor().getFullName(), shop())
                : null;
        try (RegistryProxy proxy = new RegistryProxy(registry)) {
            answerAsConfluent(proxy, topic, format, id, guid(ofKurier));

            Written written =
                    peer().write(format.format(), topic, proxy.url(), inHeader, JSON.readTree(format.json()), type);

            Headers headers = new RecordHeaders();
            written.headers().forEach(headers::add);
            assertThat(hex(headers)).isEqualTo(inHeader ? hex(ofKurier) : Map.of());
            for (String framing : new String[] {"confluent", "confluent-header", "detect"}) {
                try (Deserializer<?> deserializer = format.deserializer()) {
                    deserializer.configure(config(format, framing, id), false);
                    assertThat(deserializer.deserialize(topic, headers, written.value()))
                            .as(framing)
                            .isEqualTo(format.value());
                }
            }
        }
    }

    private int register(String topic, PeerFormat format) throws IOException {
        return registry.register(topic + "-value", format.type(), Files.readString(format.registered()));
    }

    @SuppressWarnings("unchecked") // each format has a type of its own, and the test the values of all
    private byte[] write(PeerFormat format, String framing, int id, String topic, Headers headers) throws IOException {
        try (Serializer<Object> serializer = (Serializer<Object>) format.serializer()) {
            serializer.configure(config(format, framing, id), false);
            return serializer.serialize(topic, headers, format.value());
        }
    }

    /** Returns keys with the source {@code file}, whose folder has the Protobuf file's text too, for its GUID. */
    private Map<String, String> config(PeerFormat format, String framing, int id) throws IOException {
        Path own = Files.createTempDirectory(folder, "schemas");
        SchemaFolder schemas = SchemaFolder.of(own, id, format.forKurier());
        if (format == PeerFormat.PROTOBUF) {
            Files.copy(format.registered(), own.resolve("shop.proto"));
        }
        Map<String, String> config = new HashMap<>(Map.of(format.format() + ".framing", framing));
        schemas.source()
                .forEach((key, value) -> config.put(format.format() + ".framing." + framing + "." + key, value));
        if (format == PeerFormat.JSON) {
            config.put(JsonSerializer.SCHEMA_CONFIG, format.forKurier().toString());
        }
        return config;
    }

    /** Returns the GUID of the header, or null if there is no header. */
    private static @Nullable UUID guid(Headers headers) {
        if (headers.lastHeader(GUID_HEADER) == null) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(headers.lastHeader(GUID_HEADER).value());
        assertThat(header.get()).isEqualTo((byte) 1);
        return new UUID(header.getLong(), header.getLong());
    }

    private static void answerAsConfluent(
            RegistryProxy proxy, String topic, PeerFormat format, int id, @Nullable UUID guid) throws IOException {
        String text = format == PeerFormat.PROTOBUF
                ? Base64.getEncoder().encodeToString(shop())
                : Files.readString(format.registered(), UTF_8);
        ObjectNode answer = JSON.createObjectNode()
                .put("subject", topic + "-value")
                .put("version", 1)
                .put("id", id)
                .put("schemaType", format.type())
                .put("schema", text);
        if (guid != null) {
            answer.put("guid", guid.toString());
            proxy.answer("/schemas/guids/" + guid, answer.toString());
            proxy.answer("/subjects/" + topic + "-value/versions/latest", answer.toString());
        }
        if (format == PeerFormat.PROTOBUF) {
            proxy.answer("/schemas/ids/" + id, answer.toString());
        }
    }

    /** Returns the file as protoc has written it: with names for JSON, which Java leaves out and JavaScript needs. */
    private static byte[] shop() throws IOException {
        try (InputStream in = Files.newInputStream(PeerFormat.PROTOBUF.forKurier())) {
            return FileDescriptorSet.parseFrom(in).getFile(0).toByteArray();
        }
    }

    private static Map<String, String> hex(Headers headers) {
        Map<String, String> hex = new HashMap<>();
        headers.forEach(header -> hex.put(header.key(), HexFormat.of().formatHex(header.value())));
        return hex;
    }

    private static JavaScriptPeer peer() {
        return Objects.requireNonNull(peer);
    }
}
