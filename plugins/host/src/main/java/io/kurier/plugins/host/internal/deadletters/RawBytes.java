// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.ArrayHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes bytes of what a connector emits, for a record that nothing else could make bytes of. Whatever a value is, no
 * method throws. Safe for use by any number of threads.
 */
final class RawBytes {
    private static final String ANY_TOPIC = "dead-letters";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonConverter CONNECT_DATA = new JsonConverter();

    static {
        CONNECT_DATA.configure(Map.of("schemas.enable", "false", "decimal.format", "NUMERIC"), false);
    }

    private RawBytes() {}

    /**
     * Returns text in UTF-8, bytes as they are, data with a schema and collections as JSON, and anything else as its
     * {@code toString}; null for null, or if all of that fails.
     */
    static byte @Nullable [] of(@Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof byte[] bytes) {
                return bytes;
            }
            if (value instanceof ByteBuffer buffer) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                return bytes;
            }
            if (value instanceof CharSequence) {
                return described(value);
            }
            if (schema != null) {
                return CONNECT_DATA.fromConnectData(ANY_TOPIC, schema, value);
            }
            if (value instanceof Map || value instanceof List) {
                return JSON.writeValueAsBytes(value);
            }
        } catch (Throwable e) { // an invalid value is the very reason for a dead letter; also Errors, of a circular one
            return described(value);
        }
        return described(value);
    }

    private static byte @Nullable [] described(Object value) {
        try {
            return value.toString().getBytes(StandardCharsets.UTF_8);
        } catch (Throwable e) { // of the value's class
            return null;
        }
    }

    /** Returns a source partition or a source offset as JSON; empty if there is none. */
    static String text(@Nullable Map<String, ?> position) {
        byte[] bytes = of(null, position);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns a record's headers; one that cannot be shown has no value, and one without a usable name is left out. */
    static List<org.apache.kafka.common.header.Header> headers(SourceRecord record) {
        List<org.apache.kafka.common.header.Header> headers = new ArrayList<>();
        try {
            for (Header header : record.headers()) {
                try {
                    headers.add(ArrayHeaders.header(header.key(), of(header.schema(), header.value())));
                } catch (RuntimeException e) { // its name cannot be written
                    continue;
                }
            }
        } catch (RuntimeException e) { // of a connector's own headers
            return headers;
        }
        return headers;
    }
}
