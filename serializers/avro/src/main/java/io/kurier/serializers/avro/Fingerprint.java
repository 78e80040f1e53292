// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Names a schema in eight bytes: CRC-64-AVRO of its parsing canonical form (Avro specification, "Schema Fingerprints").
 * Schemas that differ in documentation, defaults or logical types only have the same one.
 */
record Fingerprint(long value) {

    static Fingerprint of(Schema schema) {
        return new Fingerprint(SchemaNormalization.parsingFingerprint64(schema));
    }

    /** A schema as an error names it: by its full name and its fingerprint. */
    static String describe(Schema schema) {
        return schema.getFullName() + " (fingerprint " + of(schema) + ")";
    }

    @Override
    public String toString() {
        return String.format("%016x", value);
    }
}
