// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.DeterministicAead;
import io.kurier.ArrayHeaders;
import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.encrypt.internal.fields.SealedFields;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.Preparable;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.SerializationException;
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
    private final Sealed what;
    private final Optional<DeterministicAead> recordKeys;

    /**
     * What of a record is encrypted, besides the key.
     *
     * @param fields the fields; empty if it is the whole value
     * @param maxFields how many fields a record may have
     * @param listed the headers that values are bound to, the encrypted ones among them
     * @param headers the names of encrypted headers
     */
    record Sealed(Optional<SealedFields> fields, long maxFields, Set<String> listed, Set<String> headers) {}

    /**
     * Creates the guard.
     *
     * @param topic the logical topic
     */
    EncryptGuard(DataKeys dataKeys, String topic, Sealed what, Optional<DeterministicAead> recordKeys) {
        this.dataKeys = dataKeys;
        this.topic = topic.getBytes(UTF_8);
        this.sealer = new Sealer(dataKeys, this.topic);
        this.what = what;
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
     * @throws SerializationException if its fields cannot be encrypted; it shows no values
     */
    @Override
    public EncodedRecord guard(EncodedRecord record) {
        byte[] key = key(record.key());
        Headers headers = headers(key, record.headers());
        byte[] value = record.value();
        return new EncodedRecord(
                record.topic(), key, value == null ? null : value(record, value, key, headers), headers);
    }

    private byte[] value(EncodedRecord record, byte[] value, byte @Nullable [] key, Headers headers) {
        if (what.fields().isEmpty()) {
            return sealer.seal(value, Sealer.Target.whole(key, headers, what.listed()));
        }
        AtomicLong count = new AtomicLong();
        try {
            return what.fields()
                    .get()
                    .seal(
                            record,
                            value,
                            frame -> FieldChange.sealing((place, plain) -> {
                                if (count.incrementAndGet() > what.maxFields()) {
                                    throw new SerializationException(
                                            "it has more than " + what.maxFields() + " of them, a quarter of"
                                                    + " data.key.max.records. Raise that key, or encrypt the whole value");
                                }
                                byte[] exact = place.exact().getBytes(UTF_8);
                                return sealer.seal(
                                        Objects.requireNonNull(plain),
                                        new Sealer.Target(key, headers, what.listed(), exact, frame));
                            }));
        } catch (SerializationException e) {
            throw new SerializationException("its fields cannot be encrypted: " + e.getMessage(), e.getCause());
        }
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
        if (what.headers().isEmpty()) {
            return plain;
        }
        ArrayHeaders sealed = new ArrayHeaders();
        for (Header header : plain) {
            byte[] value = header.value();
            sealed.add(
                    what.headers().contains(header.key()) && value != null
                            ? ArrayHeaders.header(
                                    header.key(), sealer.seal(value, HeaderPlace.target(key, plain, header.key())))
                            : header);
        }
        return sealed;
    }

    @Override
    public void close() {
        what.fields().ifPresent(SealedFields::close);
        dataKeys.close();
    }
}
