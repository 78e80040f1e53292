// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.ArrayHeaders;
import io.kurier.RecordId;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the envelope of a header is bound to: the header's name, the topic, the key and the record id, and no other
 * headers, since those are encrypted one after the other.
 */
final class HeaderPlace {
    private static final String PREFIX = "header:";
    private static final byte[] NO_FRAME = {};

    private HeaderPlace() {}

    static Sealer.Target target(byte @Nullable [] key, Headers headers, String name) {
        return new Sealer.Target(key, ids(headers), Set.of(), (PREFIX + name).getBytes(UTF_8), NO_FRAME);
    }

    /** Returns the record ids among headers. */
    private static Headers ids(Headers headers) {
        ArrayHeaders ids = new ArrayHeaders();
        for (Header id : headers.headers(RecordId.HEADER)) {
            ids.add(id);
        }
        return ids;
    }
}
