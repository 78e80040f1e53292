// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.ArrayHeaders;
import io.kurier.PublishException;
import io.kurier.RecordId;
import io.kurier.core.internal.completion.FailureLog;
import io.kurier.core.internal.route.Route;
import io.kurier.spi.EncodedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What of a message its dead letter contains, and the headers that say what happened.
 *
 * <p>A record that has not passed all guards is contained only if no guard changes records: a guard that would have
 * encrypted or removed something must not be bypassed by a failure.
 */
enum DeadLetterContent {
    /** Key, value and headers of the record, as far as they exist. */
    ALL,
    /** All but the value. */
    WITHOUT_VALUE,
    /** The headers that say what happened. */
    NONE;

    private static final String PREFIX = "kurier.dead.letter.";
    private static final String ENCODED = "encoded";
    private static final String AS_GIVEN = "as-given";
    private static final String NULL = "null";
    private static final String NOT_ENCODABLE = "omitted-not-encodable";
    private static final String GUARD = "omitted-guard";
    private static final String TOO_LARGE = "omitted-too-large";

    /** The bytes of a key or a value, and the word for the header that tells what they are. */
    private record Part(byte @Nullable [] bytes, String form) {
        static Part encoded(byte @Nullable [] bytes) {
            return new Part(bytes, bytes == null ? NULL : ENCODED);
        }

        static Part omitted(String why) {
            return new Part(null, why);
        }
    }

    /** Returns the next smaller content, or null. */
    @Nullable
    DeadLetterContent less() {
        return switch (this) {
            case ALL -> WITHOUT_VALUE;
            case WITHOUT_VALUE -> NONE;
            case NONE -> null;
        };
    }

    /** Returns the record to send, before the guards of its topic. */
    EncodedRecord record(DeadLetterDelivery message, PublishException why) {
        DeadLetterTopic letters = message.letters();
        Route route = letters.route();
        EncodedRecord encoded = message.encoded();
        Headers headers = new ArrayHeaders();
        Part key;
        Part value;
        if (!message.isGuarded() && route.guardsChangeRecords()) {
            key = Part.omitted(GUARD);
            value = Part.omitted(GUARD);
        } else if (encoded != null) {
            key = Part.encoded(encoded.key());
            value = Part.encoded(encoded.value());
            addRecordHeaders(headers, encoded.headers());
        } else {
            byte[] keyBytes = route.encodedKey(message.topic(), message.key());
            key = keyBytes == null ? asGiven(message.key()) : Part.encoded(keyBytes);
            value = asGiven(message.value());
            addRecordHeaders(headers, message.metadata().headers());
        }
        if (this != ALL && value.bytes() != null) {
            value = Part.omitted(TOO_LARGE);
        }
        if (this == NONE) {
            headers = new ArrayHeaders();
            key = key.bytes() == null ? key : Part.omitted(TOO_LARGE);
        }
        addReason(headers, letters, message.metadata(), why);
        add(headers, "key", key.form());
        add(headers, "value", value.form());
        return letters.to().routeOf(null).encoded(key.bytes(), value.bytes(), headers);
    }

    private static void addReason(
            Headers headers, DeadLetterTopic letters, MessageMetadata metadata, PublishException why) {
        add(headers, "topic", letters.from().topic());
        add(headers, "stage", why.stage().name());
        add(headers, "outcome", why.outcome().name());
        add(headers, "reason", FailureLog.reason(why));
        Throwable cause = why.getCause();
        if (cause != null) {
            add(headers, "exception", cause.getClass().getName());
        }
        add(headers, "time", Instant.now().toString());
        add(headers, "client.id", letters.clientId());
        if (metadata.partition() != null) {
            add(headers, "partition", metadata.partition().toString());
        }
        if (metadata.timestamp() != null) {
            add(headers, "timestamp", metadata.timestamp().toString());
        }
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(PREFIX + name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds all but the id, by which a search would take the dead letter for the message. */
    private static void addRecordHeaders(Headers headers, Iterable<Header> ofRecord) {
        for (Header header : ofRecord) {
            if (!header.key().equals(RecordId.HEADER)) {
                headers.add(header);
            }
        }
    }

    /** Of what cannot be encoded, text and bytes can be kept all the same. */
    private static Part asGiven(@Nullable Object given) {
        if (given == null) {
            return new Part(null, NULL);
        }
        if (given instanceof byte[] bytes) {
            return new Part(bytes, AS_GIVEN);
        }
        if (given instanceof String text) {
            return new Part(text.getBytes(StandardCharsets.UTF_8), AS_GIVEN);
        }
        if (given instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return new Part(bytes, AS_GIVEN);
        }
        return Part.omitted(NOT_ENCODABLE);
    }
}
