// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.Ed25519Verify;
import io.kurier.RecordId;
import io.kurier.guards.internal.RecordBinding;
import io.kurier.guards.internal.RecordPart;
import io.kurier.guards.sign.ReplayWindow.Position;
import io.kurier.guards.sign.VerificationException.Part;
import io.kurier.spi.EncodedRecord;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Verifies records that the guard {@code sign} has signed, for a reader that has whole records, such as a consumer of
 * bytes. {@link VerifyingDeserializer} does the same in a consumer of objects. Safe for use by any number of threads.
 *
 * <pre>{@code
 * var verifier = new RecordVerifier(Map.of("sign.keyset.file", "/etc/kurier/signing-public.json"));
 * verifier.verify(
 *         new EncodedRecord(read.topic(), read.key(), read.value(), read.headers()), read.partition(), read.offset());
 * }</pre>
 */
public final class RecordVerifier {
    /** The prefix of the keys of this class in the configuration of a consumer. */
    public static final String PREFIX = "sign.";

    /** The file with the public keys, in Tink's JSON format. It is read again when it has changed. */
    public static final String KEYSET_FILE_CONFIG = PREFIX + "keyset.file";

    /** The logical topic that records were signed for; by default the topic's name. */
    public static final String TOPIC_CONFIG = PREFIX + "topic";

    /** Whether records without a signature are read, while a topic changes to signatures; by default no. */
    public static final String ACCEPT_UNSIGNED_CONFIG = PREFIX + "accept.unsigned";

    /** How many record ids of a topic are kept to detect replays; by default 0, which detects none. */
    public static final String REPLAY_WINDOW_CONFIG = PREFIX + "replay.window";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    KEYSET_FILE_CONFIG,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Importance.HIGH,
                    "The file with the public keys, in Tink's JSON format.")
            .define(TOPIC_CONFIG, ConfigDef.Type.STRING, "", Importance.LOW, "The logical topic.")
            .define(
                    ACCEPT_UNSIGNED_CONFIG,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether records without a signature are read.")
            .define(
                    REPLAY_WINDOW_CONFIG,
                    ConfigDef.Type.INT,
                    0,
                    Range.atLeast(0),
                    Importance.MEDIUM,
                    "How many record ids of a topic are kept to detect replays.");

    private final WatchedKeyset<Map<Integer, Ed25519Verify>> keyset;
    private final String keysetFile;
    private final String logicalTopic;
    private final boolean acceptsUnsigned;
    private final @Nullable ReplayWindow window;

    /**
     * Creates a verifier.
     *
     * @param configs keys with the prefix {@code sign.}; others are ignored
     * @throws org.apache.kafka.common.config.ConfigException if one is missing or wrong, or the file cannot be read or
     *     has other keys than public ones for signatures
     */
    public RecordVerifier(Map<String, ?> configs) {
        Map<String, Object> own = new HashMap<>();
        configs.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && value != null) {
                own.put(key, value);
            }
        });
        AbstractConfig values = new AbstractConfig(DEFINITION, own, false);
        this.keysetFile = values.getString(KEYSET_FILE_CONFIG);
        this.logicalTopic = values.getString(TOPIC_CONFIG);
        this.acceptsUnsigned = values.getBoolean(ACCEPT_UNSIGNED_CONFIG);
        int ids = values.getInt(REPLAY_WINDOW_CONFIG);
        this.window = ids == 0 ? null : new ReplayWindow(ids);
        this.keyset = WatchedKeyset.open(KEYSET_FILE_CONFIG, Path.of(keysetFile), SigningKey::publicOf, Runnable::run);
    }

    /**
     * Verifies a record whose offset is unknown. With a window for replays, each record may be verified once only.
     *
     * @param stored the record as it was read
     * @throws VerificationException if it is not what was signed
     */
    public void verify(EncodedRecord stored) {
        if (check(stored) && window != null) {
            refuseReplay(stored.topic(), stored.headers(), window.unknown(stored.topic()));
        }
    }

    /**
     * Verifies a record. With a window for replays, the same record may be verified again, as after a rebalance, and one
     * with its id at another offset is refused.
     *
     * @param stored the record as it was read
     * @param partition its partition
     * @param offset its offset
     * @throws VerificationException if it is not what was signed
     */
    public void verify(EncodedRecord stored, int partition, long offset) {
        if (check(stored)) {
            refuseReplay(stored.topic(), stored.headers(), partition, offset);
        }
    }

    private boolean check(EncodedRecord stored) {
        SignatureHeader signature = signature(stored.topic(), stored.headers());
        if (signature == null) {
            return false;
        }
        check(signature, stored.topic(), stored.key(), stored.headers(), stored.value());
        return true;
    }

    /**
     * Returns the signature of a record, which is not verified yet.
     *
     * @return null if there is none, and that is accepted
     * @throws VerificationException if there is none, or it is malformed
     */
    @Nullable
    SignatureHeader signature(String topic, Headers headers) {
        Iterator<Header> all = headers.headers(SignatureHeader.NAME).iterator();
        if (!all.hasNext()) {
            if (acceptsUnsigned) {
                return null;
            }
            throw refused(
                    topic,
                    Part.SIGNATURE,
                    "there is no header " + SignatureHeader.NAME + ": it was not signed, or the header was removed. "
                            + ACCEPT_UNSIGNED_CONFIG + "=true reads such records while a topic changes to signatures");
        }
        byte[] bytes = all.next().value();
        if (all.hasNext()) {
            throw refused(
                    topic,
                    Part.SIGNATURE,
                    "there are several headers " + SignatureHeader.NAME + ", and the guard adds one");
        }
        try {
            return SignatureHeader.of(bytes);
        } catch (VerificationException e) {
            throw refused(topic, e.part(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Verifies a record, but not whether it was replayed.
     *
     * @param key the record's key as it is stored, or null
     * @param value the record's value as it is stored, or null
     * @throws VerificationException if it is not what was signed, or has no id although replays are to be detected
     */
    void check(
            SignatureHeader signature, String topic, byte @Nullable [] key, Headers headers, byte @Nullable [] value) {
        Ed25519Verify verify = keyset.keys().get(signature.keyId());
        if (verify == null) {
            verify = keyset.keysNow().get(signature.keyId());
        }
        if (verify == null) {
            throw refused(
                    topic,
                    Part.SIGNING_KEY,
                    "it was signed with the key " + Integer.toUnsignedString(signature.keyId()) + ", which "
                            + keysetFile + " does not have. Add its public key, unless the record was forged");
        }
        RecordBinding binding =
                SignatureHeader.binding(logical(topic).getBytes(UTF_8), key, headers, signature.listed());
        try {
            verify.verify(signature.signature(), signature.message(binding, value));
        } catch (GeneralSecurityException e) {
            throw misfit(topic, binding.differences(signature.fingerprints()));
        }
        if (window != null) {
            id(topic, headers);
        }
    }

    /**
     * Refuses a record that was seen at another offset, if replays are to be detected.
     *
     * @throws VerificationException if it was, or has no id
     */
    void refuseReplay(String topic, Headers headers, int partition, long offset) {
        refuseReplay(topic, headers, new Position(topic, partition, offset));
    }

    private void refuseReplay(String topic, Headers headers, Position position) {
        if (window != null && window.isReplay(logical(topic), id(topic, headers), position)) {
            throw refused(
                    topic,
                    Part.REPLAYED,
                    "a record with its id was read before, at another offset: it was stored once more");
        }
    }

    boolean detectsReplays() {
        return window != null;
    }

    private UUID id(String topic, Headers headers) {
        return RecordId.of(headers)
                .orElseThrow(() -> refused(
                        topic,
                        Part.RECORD_ID,
                        "it has no record id, by which " + REPLAY_WINDOW_CONFIG + " detects replays. Publish it with"
                                + " record.id=true, or set the window to 0"));
    }

    private String logical(String topic) {
        return logicalTopic.isEmpty() ? topic : logicalTopic;
    }

    /** Returns the exception for a record whose signature does not fit, from fingerprints that prove nothing. */
    private static VerificationException misfit(String topic, Set<RecordPart> parts) {
        String named = parts.stream().map(RecordPart::toString).collect(Collectors.joining(", "));
        if (parts.isEmpty()) {
            return refused(topic, Part.VALUE, "its value or its signature was changed after it was signed");
        }
        if (parts.size() > 1) {
            return refused(topic, Part.RECORD, "the signature belongs to another record: these do not fit: " + named);
        }
        Part part = switch (parts.iterator().next()) {
            case TOPIC -> Part.TOPIC;
            case KEY -> Part.KEY;
            case RECORD_ID -> Part.RECORD_ID;
            case HEADERS -> Part.HEADERS;
            case PLACE -> Part.SIGNATURE; // equal in all signatures
        };
        return refused(
                topic,
                part,
                part == Part.SIGNATURE
                        ? "the header " + SignatureHeader.NAME + " was changed"
                        : "it was signed for another record, or that part was changed: this does not fit: " + named);
    }

    static VerificationException refused(String topic, Part part, String reason) {
        return new VerificationException(part, "a record of the topic " + topic + " is not verified: " + reason);
    }
}
