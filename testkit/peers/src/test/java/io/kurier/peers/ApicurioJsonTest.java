// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.json.JsonSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JSON with a schema between Kurier and Apicurio's serializers. */
@WithRegistry
class ApicurioJsonTest {
    private static final Path SCHEMA = Path.of("src", "test", "resources", "schemas", "payment.json");
    private static final Payment PAYMENT = new Payment("p-1", 4_200, "päckchen");
    private static final ApicurioJson APICURIO = new ApicurioJson();

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        APICURIO.close();
    }

    @ParameterizedTest
    @EnumSource
    void apicurioReadsWhatKurierWrites(Form form, Registry registry) throws IOException {
        String topic = "json-written-" + form;
        Map<String, String> file = file(topic, registry);
        Headers headers = new RecordHeaders();
        byte[] written = write(form, registry.source(), topic, headers);
        Headers offline = new RecordHeaders();
        assertThat(write(form, file, topic, offline)).isEqualTo(written);
        assertThat(offline).isEqualTo(headers);

        try (Deserializer<Object> deserializer = APICURIO.deserializer()) {
            Map<String, String> config = form.apicurio(registry);
            config.put("apicurio.registry.deserializer.value.return-class", Payment.class.getName());
            deserializer.configure(config, false);
            assertThat(deserializer.deserialize(topic, headers, written)).isEqualTo(PAYMENT);
        }
    }

    private static byte[] write(Form form, Map<String, String> source, String topic, Headers headers) {
        try (Serializer<Payment> serializer = new JsonSerializer<>()) {
            serializer.configure(withSchema(form.kurier("json", source)), false);
            return serializer.serialize(topic, headers, PAYMENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void kurierReadsWhatApicurioWrites(Form form, Registry registry) throws IOException {
        String topic = "json-read-" + form;
        Map<String, String> file = file(topic, registry);
        Headers headers = new RecordHeaders();
        byte[] written;
        try (Serializer<Object> serializer = APICURIO.serializer()) {
            Map<String, String> config = form.apicurio(registry);
            config.put("apicurio.registry.find-latest", "true");
            serializer.configure(config, false);
            written = serializer.serialize(topic, headers, PAYMENT);
        }

        for (Map<String, String> config : form.kurierReaders("json", file, registry.source())) {
            try (Deserializer<Payment> deserializer = new JsonDeserializer<>(Payment.class)) {
                deserializer.configure(withSchema(config), false);
                assertThat(deserializer.deserialize(topic, headers, written)).isEqualTo(PAYMENT);
            }
        }
    }

    private Map<String, String> file(String topic, Registry registry) throws IOException {
        int id = registry.register(topic + "-value", "JSON", Files.readString(SCHEMA));
        return SchemaFolder.of(folder, id, SCHEMA).source();
    }

    private static Map<String, String> withSchema(Map<String, String> framing) {
        Map<String, String> config = new HashMap<>(framing);
        config.put(JsonSerializer.SCHEMA_CONFIG, SCHEMA.toString());
        return config;
    }
}
