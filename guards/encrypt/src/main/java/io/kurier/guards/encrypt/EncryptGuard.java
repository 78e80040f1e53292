// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.DeterministicAead;
import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.Preparable;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the records of a topic: the key, if it is to be, then the listed headers, then the value, which is bound to
 * the key and the headers as they are stored. Safe for use by any number of threads.
 */
final class EncryptGuard implements Guard, Preparable {
    private final DataKeys dataKeys;
    private final Sealer sealer;
    private final byte[] topic;
    private final Set<String> listed;
    private final Set<String> encryptedHeaders;
    private final Optional<DeterministicAead> recordKeys;

    /**
     * Creates the guard.
     *
     * @param topic the logical topic
     * @param listed the headers that values are bound to, the encrypted ones among them
     */
    EncryptGuard(
            DataKeys dataKeys,
            String topic,
            Set<String> listed,
            Set<String> encryptedHeaders,
            Optional<DeterministicAead> recordKeys) {
        this.dataKeys = dataKeys;
        this.topic = topic.getBytes(UTF_8);
        this.sealer = new Sealer(dataKeys, this.topic);
        this.listed = listed;
        this.encryptedHeaders = encryptedHeaders;
        this.recordKeys = recordKeys;
    }

    @Override
    public CompletionStage<?> prepare() {
        return dataKeys.prepare();
    }

    /**
     * Returns the encrypted record. A tombstone stays one.
     *
     * @throws io.kurier.spi.NotReadyException if a new data key is needed and not there yet
     */
    @Override
    public EncodedRecord guard(EncodedRecord record) {
        byte[] key = key(record.key());
        Headers headers = headers(key, record.headers());
        byte[] value = record.value();
        byte[] sealed = value == null ? null : sealer.seal(value, Sealer.Target.whole(key, headers, listed));
        return new EncodedRecord(record.topic(), key, sealed, headers);
    }

    private byte @Nullable [] key(byte @Nullable [] plain) {
        if (plain == null || recordKeys.isEmpty()) {
            return plain;
        }
        try {
            return recordKeys.get().encryptDeterministically(plain, topic);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-SIV failed: " + e.getClass().getName(), e);
        }
    }

    /** Returns new headers if one is encrypted: the others may be used for another try. */
    private Headers headers(byte @Nullable [] key, Headers plain) {
        if (encryptedHeaders.isEmpty()) {
            return plain;
        }
        ArrayHeaders sealed = new ArrayHeaders();
        for (Header header : plain) {
            byte[] value = header.value();
            sealed.add(
                    encryptedHeaders.contains(header.key()) && value != null
                            ? ArrayHeaders.header(
                                    header.key(), sealer.seal(value, HeaderPlace.target(key, plain, header.key())))
                            : header);
        }
        return sealed;
    }

    @Override
    public void close() {
        dataKeys.close();
    }
}
