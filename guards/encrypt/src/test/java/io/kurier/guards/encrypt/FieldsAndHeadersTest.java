// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.guards.encrypt.proto.Refund;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.protobuf.ProtobufSerializerPlugin;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.SerializerSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted fields beside encrypted keys and headers: the fields are bound to both as they are stored. */
final class FieldsAndHeadersTest {
    private static final Refund REFUND =
            Refund.newBuilder().setCard("4111-1111").setReason("broken").build();

    @TempDir
    private Path folder;

    private Map<String, String> keys() throws Exception {
        Path keyset = folder.resolve("keys.json");
        new KeysetFile(keyset).generate(KeyKind.ENCRYPTION);
        return Map.of(
                "key.source.file",
                keyset.toString(),
                "fields",
                "card",
                "encrypted.headers",
                "tenant",
                "record.key.keyset",
                EncryptedTopic.recordKeys(folder).toString());
    }

    private static Guard guard(Map<String, String> keys) {
        EncryptPlugin plugin = new EncryptPlugin();
        SerializerSettings values = new SerializerSettings(
                "protobuf",
                "orders",
                "orders",
                false,
                Refund.class,
                new AbstractConfig(new ProtobufSerializerPlugin().configDef(), Map.of(), false));
        return plugin.guard(new GuardSettings(
                "encrypt", "orders", "orders", new AbstractConfig(plugin.configDef(), keys, false), values, List.of()));
    }

    private static Refund read(Map<String, String> keys, EncodedRecord stored, Headers headers) {
        Map<String, String> configs = new HashMap<>(Map.of("encrypt.fields.format", "protobuf"));
        keys.forEach((key, value) -> configs.put("encrypt." + key, value));
        Deserializer<Refund> refunds = new ProtobufDeserializer<>(Refund.getDefaultInstance());
        DecryptingDeserializers<String, Refund> reader =
                DecryptingDeserializers.of(configs, new StringDeserializer(), refunds);
        try (Deserializer<String> plainKeys = reader.keys();
                Deserializer<Refund> values = reader.values()) {
            assertThat(plainKeys.deserialize("orders", headers, stored.key())).isEqualTo("k");
            return values.deserialize("orders", headers, stored.value());
        }
    }

    @Test
    void opensKeysHeadersAndFields() throws Exception {
        Map<String, String> keys = keys();
        Guard guard = guard(keys);
        EncodedRecord plain = new EncodedRecord(
                "orders",
                "k".getBytes(UTF_8),
                REFUND.toByteArray(),
                new ArrayHeaders().add("tenant", "acme".getBytes(UTF_8)));
        EncodedRecord stored = EncryptedTopic.encrypt(guard, plain);
        EncodedRecord other = EncryptedTopic.encrypt(guard, plain);
        guard.close();
        assertThat(new String(Objects.requireNonNull(stored.value()), UTF_8))
                .contains("broken")
                .doesNotContain("4111-1111");

        Headers headers = new ArrayHeaders(stored.headers());
        assertThat(read(keys, stored, headers)).isEqualTo(REFUND);
        assertThat(headers.lastHeader("tenant").value()).asString(UTF_8).isEqualTo("acme");

        Headers foreign = new ArrayHeaders(other.headers());
        assertThatThrownBy(() -> read(keys, stored, foreign))
                .isInstanceOfSatisfying(
                        DecryptionException.class, e -> assertThat(e.part()).isEqualTo(Part.HEADERS))
                .hasMessageStartingWith("the field card cannot be decrypted: ");
    }
}
