// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import io.kurier.plugins.host.internal.records.RecordException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Dead letters for tests. */
final class Letters {
    private Letters() {}

    static DeadLetter withValue(String value) {
        return of(value, new IllegalStateException("it is Friday"));
    }

    static DeadLetter of(@Nullable Object value, Throwable cause) {
        SourceRecord record = new SourceRecord(
                Map.of("file", "/in/a.csv"),
                Map.of("position", 17L),
                "orders",
                null,
                Schema.STRING_SCHEMA,
                "key",
                null,
                value);
        record.headers().addString("trace", "t1");
        return DeadLetter.of(
                "csv",
                3,
                record,
                new RecordException(RecordException.Stage.VALUE_CONVERTER, Letters.class, "no number: x", cause));
    }

    static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** None of its methods can be called. */
    static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }
    }
}
