// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;

/** CRC-64-AVRO of a parsing canonical form (Avro specification, "Schema Fingerprints"), as single objects name it. */
final class AvroFingerprint {
    private static final long EMPTY = 0xC15D213AA4D7A795L;
    private static final long[] TABLE = table();

    private AvroFingerprint() {}

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long fingerprint = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                fingerprint = (fingerprint >>> 1) ^ (EMPTY & -(fingerprint & 1L));
            }
            table[i] = fingerprint;
        }
        return table;
    }

    static long of(String parsingForm) {
        long fingerprint = EMPTY;
        for (byte each : parsingForm.getBytes(UTF_8)) {
            fingerprint = (fingerprint >>> 8) ^ TABLE[(int) (fingerprint ^ each) & 0xFF];
        }
        return fingerprint;
    }
}
