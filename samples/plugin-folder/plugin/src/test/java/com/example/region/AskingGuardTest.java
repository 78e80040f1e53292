// SPDX-License-Identifier: Apache-2.0
package com.example.region;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.NotReadyException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A guard whose keys come from a server: it asks, and does not wait. */
class AskingGuardTest {
    private static final SecretKey KEY = new SecretKeySpec("0123456789abcdef".getBytes(UTF_8), "AES");
    private static final int NONCE = 12;

    private final CompletableFuture<SecretKey> answer = new CompletableFuture<>();
    private final Guard guard = new EncryptingGuard(new Vault("vault:8200", answer));
    private final EncodedRecord record =
            new EncodedRecord("readings", null, "21.5".getBytes(UTF_8), new ArrayHeaders());

    /** A server that has the keys of topics. */
    private record Vault(String address, CompletableFuture<SecretKey> answer) {
        CompletableFuture<SecretKey> fetch(String topic) {
            return answer;
        }
    }

    private static final class EncryptingGuard implements Guard {
        private final Map<String, CompletableFuture<SecretKey>> keys = new ConcurrentHashMap<>();
        private final Vault vault;

        EncryptingGuard(Vault vault) {
            this.vault = vault;
        }

        // region asking
        @Override
        public EncodedRecord guard(EncodedRecord record) {
            CompletableFuture<SecretKey> key = keys.computeIfAbsent(record.topic(), vault::fetch); // asynchronous
            if (!key.isDone()) {
                throw new NotReadyException("the key of " + record.topic() + ", from " + vault.address(), key);
            }
            return record.withValue(encrypted(key.join(), record.value())); // join throws what the server refused
        }
        // endregion

        /** A nonce of its own for each record would be needed; a test reads one. */
        private static byte @Nullable [] encrypted(SecretKey key, byte @Nullable [] value) {
            return value == null ? null : cipher(Cipher.ENCRYPT_MODE, key, value);
        }
    }

    @Test
    void asksWithoutWaiting() {
        NotReadyException notReady = catchThrowableOfType(NotReadyException.class, () -> guard.guard(record));

        assertThat(notReady).hasMessageContaining("the key of readings, from vault:8200");
        assertThat(notReady.ready().toCompletableFuture()).isNotDone();
        answer.complete(KEY);
        assertThat(notReady.ready().toCompletableFuture()).isCompleted();
    }

    @Test
    void encryptsOnceTheKeyIsThere() {
        answer.complete(KEY);

        byte[] value = Objects.requireNonNull(guard.guard(record).value());

        assertThat(value).isNotEqualTo(record.value());
        assertThat(cipher(Cipher.DECRYPT_MODE, KEY, value)).isEqualTo(record.value());
    }

    @Test
    void aRefusalOfTheServerIsThatOfTheRecord() {
        answer.completeExceptionally(new IllegalStateException("no right to the key"));

        assertThatThrownBy(() -> guard.guard(record))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    private static byte[] cipher(int mode, SecretKey key, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, new byte[NONCE]));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
