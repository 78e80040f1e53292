// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.kurier.peers.avro.PeerOrder;
import io.kurier.peers.avro.PeerStatus;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Avro between Kurier and Apicurio's serializers. */
@WithRegistry
class ApicurioAvroTest {
    private static final Path SCHEMA = Path.of("src", "test", "avro", "order.avsc");
    private static final PeerOrder ORDER = PeerOrder.newBuilder()
            .setId("o-1")
            .setCents(4_200)
            .setStatus(PeerStatus.PAID)
            .setNote("päckchen")
            .setAmounts(Map.of("vat", 0.19))
            .build();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void apicurioReadsWhatKurierWrites(Form form, Registry registry) {
        String topic = "avro-written-" + form;
        int id = registry.register(
                topic + "-value", "AVRO", PeerOrder.getClassSchema().toString());
        Headers headers = new RecordHeaders();
        byte[] written = write(form, registry.source(), topic, headers);
        Headers offline = new RecordHeaders();
        assertThat(write(form, SchemaFolder.of(folder, id, SCHEMA).source(), topic, offline))
                .isEqualTo(written);
        assertThat(offline).isEqualTo(headers);

        try (Deserializer<GenericRecord> generic = new AvroKafkaDeserializer<>();
                Deserializer<PeerOrder> specific = new AvroKafkaDeserializer<>()) {
            generic.configure(form.apicurio(registry), false);
            Map<String, String> toClass = new HashMap<>(form.apicurio(registry));
            toClass.put("apicurio.registry.use-specific-avro-reader", "true");
            specific.configure(toClass, false);

            assertThat(generic.deserialize(topic, headers, written)).hasToString(ORDER.toString());
            assertThat(specific.deserialize(topic, headers, written)).isEqualTo(ORDER);
        }
    }

    private static byte[] write(Form form, Map<String, String> source, String topic, Headers headers) {
        try (Serializer<PeerOrder> serializer = new AvroSerializer<>()) {
            serializer.configure(form.kurier("avro", source), false);
            return serializer.serialize(topic, headers, ORDER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void kurierReadsWhatApicurioWrites(Form form, Registry registry) {
        String topic = "avro-read-" + form;
        Headers headers = new RecordHeaders();
        byte[] written;
        try (Serializer<PeerOrder> serializer = new AvroKafkaSerializer<>()) {
            serializer.configure(form.apicurioRegisters(registry), false);
            written = serializer.serialize(topic, headers, ORDER);
        }
        // Apicurio registers the enum apart, as a reference; its id is that of the record.
        SchemaFolder ids = SchemaFolder.of(folder, registry.latestId(topic + "-value"), SCHEMA);

        for (Map<String, String> config : form.kurierReaders("avro", ids.source(), registry.source())) {
            try (Deserializer<PeerOrder> deserializer = new AvroDeserializer<>(PeerOrder.class)) {
                deserializer.configure(config, false);
                assertThat(deserializer.deserialize(topic, headers, written)).isEqualTo(ORDER);
            }
        }
    }
}
