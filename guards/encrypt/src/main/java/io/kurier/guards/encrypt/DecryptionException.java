// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * What was encrypted cannot be opened, and nothing of it is shown. {@link #part()} says which part of the record does
 * not fit.
 */
public final class DecryptionException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** What does not fit. */
    public enum Part {
        /** The value or a field is no envelope: it is plain text, was cut, or has an unknown version. */
        ENVELOPE,
        /** The data key cannot be unwrapped. */
        DATA_KEY,
        /** It was encrypted for another topic. */
        TOPIC,
        /** It was encrypted for a record with another key. */
        KEY,
        /** It is another field, or has another schema id before it. */
        PLACE,
        /** It was encrypted for a record with another id. */
        RECORD_ID,
        /** A header that is bound was changed, added or removed. */
        HEADERS,
        /** Several parts of the record differ, which happens if the whole envelope belongs to another record. */
        RECORD,
        /** The record is the one that it was encrypted for, and the envelope itself was changed. */
        CONTENT
    }

    private final Part part;
    private final boolean retriable;

    DecryptionException(Part part, String message, boolean retriable, @Nullable Throwable cause) {
        super(message, cause);
        this.part = part;
        this.retriable = retriable;
    }

    DecryptionException(Part part, String message) {
        this(part, message, false, null);
    }

    /** Returns what does not fit. */
    public Part part() {
        return part;
    }

    /** Returns whether another try may succeed, because the source of the keys could not be reached. */
    public boolean isRetriable() {
        return retriable;
    }
}
