// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The value and the headers of a record.
 *
 * @param value the value
 * @param headers the headers of its framing
 */
record HostileRecord(byte[] value, Headers headers) {
    private static final int SHOWN = 4_000;

    /** Returns a record with another value. */
    HostileRecord withValue(byte[] other) {
        return new HostileRecord(other, headers);
    }

    /** Returns a record whose header of a key has another value. */
    HostileRecord withHeader(String key, byte[] other) {
        Headers changed = new RecordHeaders(headers);
        changed.remove(key).add(key, other);
        return new HostileRecord(value, changed);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(value.length + " bytes: " + hex(value));
        for (Header header : headers) {
            text.append(", header ").append(header.key()).append(' ').append(hex(header.value()));
        }
        return text.toString();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN)) + (bytes.length > SHOWN ? "..." : "");
    }
}
