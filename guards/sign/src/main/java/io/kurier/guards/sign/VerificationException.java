// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A record is not what was signed, and nothing of it is shown. {@link #part()} says which part of the record does not
 * fit. Another try gives the same result, unless the keys of the reader change.
 */
public final class VerificationException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** What does not fit. */
    public enum Part {
        /** There is no signature, or its header was cut, is there twice, or has an unknown version. */
        SIGNATURE,
        /** The reader has no key with the id of the one that has signed. */
        SIGNING_KEY,
        /** It was signed for another topic. */
        TOPIC,
        /** It was signed for a record with another key. */
        KEY,
        /** It was signed for a record with another id, or has none by which a replay could be detected. */
        RECORD_ID,
        /** A header that is signed was changed, added or removed. */
        HEADERS,
        /** Several parts of the record differ, which happens if the signature belongs to another record. */
        RECORD,
        /** The value, or the signature itself, was changed; all other parts are those that were signed. */
        VALUE,
        /** A record with this id was read before, at another offset. */
        REPLAYED
    }

    private final Part part;

    VerificationException(Part part, String message) {
        super(message);
        this.part = part;
    }

    /** Returns what does not fit. */
    public Part part() {
        return part;
    }
}
