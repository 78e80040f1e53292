// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.DeterministicAead;
import io.kurier.ArrayHeaders;
import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.internal.RecordBinding;
import io.kurier.guards.internal.RecordPart;
import io.kurier.spi.EncodedRecord;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Opens records that the guard {@code encrypt} has encrypted, for a reader that has whole records, such as a consumer of
 * bytes. {@link DecryptingDeserializer} does the same in a consumer of objects. Safe for use by any number of threads.
 */
public final class RecordDecryptor implements AutoCloseable {
    /** The prefix of the guard's keys in the configuration of a consumer. */
    public static final String PREFIX = "encrypt.";

    /** Whether values that are no envelopes are read as they are, while a topic changes to encryption; by default no. */
    public static final String ACCEPT_PLAIN_CONFIG = "accept.plain";

    /** The format of values of which fields are encrypted, {@code json} if absent. */
    public static final String FIELDS_FORMAT_CONFIG = "fields.format";

    private static final byte[] WHOLE = {};

    private final EncryptConfig config;
    private final boolean acceptsPlain;
    private final Set<String> encryptedHeaders;
    private final Optional<DeterministicAead> recordKeys;
    private final UnwrappedKeys keys;
    private final Optional<OpenedFields> fields;

    /**
     * Creates a decryptor.
     *
     * @param configs the guard's keys with the prefix {@code encrypt.}, such as {@code encrypt.key.source.file}; of the
     *     others only {@code json.framing} and {@code json.max.depth} are read, if fields of JSON are opened
     * @throws ConfigException if the source of the keys cannot be opened, or the fields that are encrypted are not those
     *     of JSON
     */
    public RecordDecryptor(Map<String, ?> configs) {
        this(configs, true);
    }

    /**
     * Creates a decryptor.
     *
     * @param wholeRecords whether it must be able to open values without their deserializer
     */
    RecordDecryptor(Map<String, ?> configs, boolean wholeRecords) {
        Map<String, Object> own = new HashMap<>();
        configs.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && value != null) {
                own.put(key.substring(PREFIX.length()), value);
            }
        });
        ConfigDef definition = EncryptConfig.definition()
                .define(
                        ACCEPT_PLAIN_CONFIG,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        ConfigDef.Importance.MEDIUM,
                        "Whether values that are no envelopes are read as they are.");
        definition.define(
                FIELDS_FORMAT_CONFIG,
                ConfigDef.Type.STRING,
                FieldFormats.JSON,
                ConfigDef.ValidString.in(FieldFormats.NAMES),
                ConfigDef.Importance.MEDIUM,
                "The format of values of which fields are encrypted: the name of the serializer that wrote them.");
        AbstractConfig values = new AbstractConfig(definition, own, false);
        this.config = new EncryptConfig(values, PREFIX);
        this.acceptsPlain = values.getBoolean(ACCEPT_PLAIN_CONFIG);
        this.encryptedHeaders = config.encryptedHeaders();
        this.recordKeys = config.recordKeys();
        this.fields = config.fields()
                .map(tree -> FieldFormats.opening(tree, values.getString(FIELDS_FORMAT_CONFIG), configs));
        if (wholeRecords && opensObjects()) {
            throw new ConfigException(
                    PREFIX + FIELDS_FORMAT_CONFIG,
                    values.getString(FIELDS_FORMAT_CONFIG),
                    "fields of this format are opened after the value was deserialized. Read with "
                            + DecryptingDeserializer.class.getName());
        }
        this.keys = new UnwrappedKeys(config.keySource());
    }

    /**
     * Returns a record in plain text: its value, and its key and headers if they are encrypted.
     *
     * @param stored the record as it was read
     * @throws DecryptionException if a part of it cannot be opened
     */
    public EncodedRecord decrypt(EncodedRecord stored) {
        byte[] value = value(stored.topic(), stored.key(), stored.headers(), stored.value());
        ArrayHeaders headers = new ArrayHeaders(stored.headers());
        decryptHeaders(stored.topic(), stored.key(), headers);
        byte[] key = stored.key();
        return new EncodedRecord(stored.topic(), key == null ? null : key(stored.topic(), key), value, headers);
    }

    /**
     * Returns a value in plain text; null for a tombstone.
     *
     * @param topic the physical topic
     * @param key the record's key as it is stored, or null
     * @param headers the record's headers as they are stored
     * @param value the record's value as it is stored, or null
     * @throws DecryptionException if it cannot be opened
     */
    public byte @Nullable [] value(String topic, byte @Nullable [] key, Headers headers, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        if (fields.isPresent()) {
            return fields.get().ofBytes(topic, headers, value, fieldsOf(topic, key, headers, value));
        }
        if (acceptsPlain && !Envelope.isLike(value)) {
            return value;
        }
        return open(
                "the value",
                value,
                envelope -> RecordBinding.of(topic(topic), key, WHOLE, WHOLE, headers, envelope.listed()));
    }

    /** Returns whether fields are opened after the value was deserialized. */
    boolean opensObjects() {
        return fields.isPresent() && fields.get().inObjects();
    }

    /**
     * Returns a deserialized value with its fields in plain text.
     *
     * @param key the record's key as it is stored, or null
     * @param headers the record's headers as they are stored
     * @param value the record's value as it is stored
     * @param read what was read from the value
     * @throws DecryptionException if a field cannot be opened
     */
    Object object(String topic, byte @Nullable [] key, Headers headers, byte[] value, Object read) {
        return fields.orElseThrow().ofObject(read, fieldsOf(topic, key, headers, value));
    }

    private FieldChange fieldsOf(String topic, byte @Nullable [] key, Headers headers, byte[] value) {
        return FieldChange.opening((place, envelope) -> {
            if (acceptsPlain && (envelope == null || !Envelope.isLike(envelope))) {
                return null;
            }
            return open(
                    "the field " + place,
                    envelope == null ? WHOLE : envelope,
                    opened -> RecordBinding.of(
                            topic(topic),
                            key,
                            place.exact().getBytes(UTF_8),
                            Arrays.copyOf(value, Math.min(opened.frame(), value.length)),
                            headers,
                            opened.listed()));
        });
    }

    /**
     * Returns a record's key in plain text: the given one, if keys are not encrypted.
     *
     * @throws DecryptionException if it cannot be opened
     */
    public byte[] key(String topic, byte[] key) {
        if (recordKeys.isEmpty()) {
            return key;
        }
        try {
            return recordKeys.get().decryptDeterministically(key, topic(topic));
        } catch (GeneralSecurityException e) {
            throw new DecryptionException(
                    Part.KEY,
                    "the key cannot be opened: it was not encrypted with a key of encrypt.record.key.keyset for the"
                            + " topic " + config.logical(topic) + ", or was changed");
        }
    }

    /**
     * Replaces the values of encrypted headers by those in plain text. To be called after the value was opened, which
     * is bound to the headers as they are stored.
     *
     * @param key the record's key as it is stored, or null
     * @throws DecryptionException if one cannot be opened
     */
    public void decryptHeaders(String topic, byte @Nullable [] key, Headers headers) {
        if (encryptedHeaders.isEmpty()) {
            return;
        }
        Header[] stored = headers.toArray();
        for (String name : encryptedHeaders) {
            headers.remove(name);
        }
        ArrayHeaders ids = new ArrayHeaders(Arrays.asList(stored));
        for (Header header : stored) {
            byte[] value = header.value();
            if (!encryptedHeaders.contains(header.key())) {
                continue;
            }
            if (value == null || (acceptsPlain && !Envelope.isLike(value))) {
                headers.add(header);
                continue;
            }
            Sealer.Target target = HeaderPlace.target(key, ids, header.key());
            headers.add(
                    header.key(),
                    open(
                            "the header " + header.key(),
                            value,
                            envelope -> RecordBinding.of(
                                    topic(topic),
                                    key,
                                    target.place(),
                                    target.frame(),
                                    target.headers(),
                                    envelope.listed())));
        }
    }

    private byte[] topic(String physical) {
        return config.logical(physical).getBytes(UTF_8);
    }

    private interface Binder {
        RecordBinding bind(Envelope envelope);
    }

    private byte[] open(String what, byte[] bytes, Binder binder) {
        try {
            Envelope envelope = Envelope.of(bytes);
            DataKey.Secret key = keys.of(envelope);
            RecordBinding binding = binder.bind(envelope);
            byte[] plain = envelope.open(key, binding);
            if (plain == null) {
                throw misfit(binding.differences(envelope.fingerprints()));
            }
            return plain;
        } catch (DecryptionException e) {
            throw new DecryptionException(
                    e.part(), what + " cannot be decrypted: " + e.getMessage(), e.isRetriable(), e.getCause());
        }
    }

    private static DecryptionException misfit(Set<RecordPart> parts) {
        if (parts.isEmpty()) {
            return new DecryptionException(
                    Part.CONTENT, "the envelope or its ciphertext was changed after it was encrypted");
        }
        String named = parts.stream().map(RecordPart::toString).collect(Collectors.joining(", "));
        if (parts.size() > 1) {
            return new DecryptionException(
                    Part.RECORD, "it was encrypted for another record: these do not fit: " + named);
        }
        Part part = switch (parts.iterator().next()) {
            case TOPIC -> Part.TOPIC;
            case KEY -> Part.KEY;
            case PLACE -> Part.PLACE;
            case RECORD_ID -> Part.RECORD_ID;
            case HEADERS -> Part.HEADERS;
        };
        return new DecryptionException(
                part, "it was encrypted for another record, or that part was changed: this does not fit: " + named);
    }

    @Override
    public void close() {
        fields.ifPresent(OpenedFields::close);
        keys.close();
    }
}
