// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.ArrayHeaders;
import io.kurier.RecordId;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A guard and a reader of the topic {@code orders}, with keysets in a folder. */
final class SignedTopic {
    static final UUID ID = UUID.fromString("0190d3b8-0000-7000-8000-000000000001");

    final Path keyset;
    final Path publicKeys;
    private final Guard guard;
    private final RecordVerifier verifier;

    SignedTopic(Path folder, Map<String, String> guardKeys) throws Exception {
        keyset = folder.resolve("signing.json");
        publicKeys = folder.resolve("signing-public.json");
        new KeysetFile(keyset).generate(KeyKind.SIGNATURES);
        publishKeys();
        guard = guard(keyset, guardKeys);
        verifier = verifier(Map.of());
    }

    static Guard guard(Path keyset, Map<String, String> keys) {
        SignPlugin plugin = new SignPlugin();
        Map<String, Object> all = new HashMap<>(keys);
        all.put("keyset.file", keyset.toString());
        return plugin.guard(
                new GuardSettings("sign", "orders", "orders", new AbstractConfig(plugin.configDef(), all, false)));
    }

    void publishKeys() throws Exception {
        new KeysetFile(keyset).writePublic(publicKeys);
    }

    RecordVerifier verifier(Map<String, String> more) {
        return new RecordVerifier(readerKeys(more));
    }

    Map<String, Object> readerKeys(Map<String, String> more) {
        Map<String, Object> keys = new HashMap<>(more);
        keys.put("sign.keyset.file", publicKeys.toString());
        return keys;
    }

    static EncodedRecord record(@Nullable String key, @Nullable String value, Headers headers) {
        return new EncodedRecord("orders", bytes(key), bytes(value), headers);
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    static Headers withId(UUID id) {
        return new ArrayHeaders().add(RecordId.HEADER, RecordId.bytes(id));
    }

    EncodedRecord sign(EncodedRecord record) {
        return guard.guard(record);
    }

    EncodedRecord sign(@Nullable String key, @Nullable String value) {
        return sign(record(key, value, new ArrayHeaders()));
    }

    void verify(EncodedRecord record) {
        verifier.verify(record);
    }

    static byte[] signature(EncodedRecord record) {
        return Objects.requireNonNull(record.headers().lastHeader("kurier.signature"))
                .value();
    }

    /** Returns a copy of headers with another value of the signature's. */
    static Headers withSignature(Headers headers, byte @Nullable [] signature) {
        return new ArrayHeaders(headers).remove("kurier.signature").add("kurier.signature", signature);
    }
}
