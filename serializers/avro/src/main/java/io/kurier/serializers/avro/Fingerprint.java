// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Identifies a schema by eight bytes: CRC-64-AVRO of its parsing canonical form (Avro specification, "Schema
 * Fingerprints"). Schemas that differ only in documentation, defaults or logical types have the same fingerprint.
 */
record Fingerprint(long value) {

    static Fingerprint of(Schema schema) {
        return new Fingerprint(SchemaNormalization.parsingFingerprint64(schema));
    }

    /** Returns the description of a schema for an error: its full name and its fingerprint. */
    static String describe(Schema schema) {
        return schema.getFullName() + " (fingerprint " + of(schema) + ")";
    }

    @Override
    public String toString() {
        return String.format("%016x", value);
    }
}
