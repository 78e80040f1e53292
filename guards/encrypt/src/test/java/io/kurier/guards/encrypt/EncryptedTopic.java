// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.NotReadyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;

/** A guard and a reader of one topic, with keysets in a folder. */
final class EncryptedTopic implements AutoCloseable {
    final Path keyset;
    final Map<String, Object> readerKeys = new HashMap<>();
    private final Map<String, Object> guardKeys = new HashMap<>();
    private final String topic;
    private Guard guard;
    private RecordDecryptor reader;

    EncryptedTopic(Path folder, String topic, Map<String, String> keys) throws Exception {
        this.topic = topic;
        keyset = folder.resolve("keys.json");
        if (!Files.exists(keyset)) {
            new KeysetFile(keyset).generate(KeyKind.ENCRYPTION);
        }
        guardKeys.put("key.source.file", keyset.toString());
        guardKeys.putAll(keys);
        guardKeys.forEach((key, value) -> readerKeys.put("encrypt." + key, value));
        guard = newGuard();
        reader = new RecordDecryptor(readerKeys);
    }

    static Path recordKeys(Path folder) throws Exception {
        Path file = folder.resolve("record-keys.json");
        new KeysetFile(file).generate(KeyKind.RECORD_KEYS);
        return file;
    }

    Guard newGuard() {
        EncryptPlugin plugin = new EncryptPlugin();
        return plugin.guard(new GuardSettings(
                "encrypt", "orders", topic, new AbstractConfig(plugin.configDef(), guardKeys, false)));
    }

    /** Encrypts, and waits for the data key as a publisher does. */
    static EncodedRecord encrypt(Guard guard, EncodedRecord record) throws Exception {
        while (true) {
            try {
                return guard.guard(record);
            } catch (NotReadyException e) {
                e.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
            }
        }
    }

    EncodedRecord encrypt(EncodedRecord record) throws Exception {
        return encrypt(guard, record);
    }

    EncodedRecord decrypt(EncodedRecord record) {
        return reader.decrypt(record);
    }

    /** A reader of another configuration. */
    RecordDecryptor reader(Map<String, String> more) {
        Map<String, Object> keys = new HashMap<>(readerKeys);
        keys.putAll(more);
        return new RecordDecryptor(keys);
    }

    @Override
    public void close() {
        guard.close();
        reader.close();
    }
}
