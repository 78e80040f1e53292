// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.internal;

/** The parts of a record that a value is bound to, in the order of the canonical bytes. */
public enum RecordPart {
    /** The logical topic. */
    TOPIC("the topic"),
    /** The record's key, as it is stored. */
    KEY("the key"),
    /** What of the value is meant, and the bytes before its payload, which may be the id of a schema. */
    PLACE("the field or the id of the schema"),
    /** The header {@code record.id}. */
    RECORD_ID("the record id"),
    /** The other headers that are bound. */
    HEADERS("the headers");

    private final String text;

    RecordPart(String text) {
        this.text = text;
    }

    /** Returns the part's name for a sentence. */
    @Override
    public String toString() {
        return text;
    }
}
