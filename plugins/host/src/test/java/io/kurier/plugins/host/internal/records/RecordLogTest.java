// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordLogTest {
    private static final String PLACE = "connector web-log, task 2: record rejected; stage VALUE_CONVERTER, class"
            + " java.lang.String, topic t, source partition {file=a\\nb}, source offset {at=1}";

    private static SourceRecord record(Object value) {
        SourceRecord record = new SourceRecord(
                Map.of("file", "a\nb"), Map.of("at", 1L), "t", null, Schema.STRING_SCHEMA, "k", null, value, 5L);
        record.headers().addString("user", "ada");
        return record;
    }

    private static String line(Object value, boolean withMessage) {
        return RecordLog.line("web-log", 2, "VALUE_CONVERTER", String.class, record(value), withMessage);
    }

    @Test
    void namesTheRecordAndNothingOfItsContent() {
        assertThat(line("secret", false)).isEqualTo(PLACE);
    }

    @Test
    void showsTheContentOnRequest() {
        assertThat(line("two\nlines", true))
                .isEqualTo(PLACE + ", timestamp 5, key k, value two\\nlines, headers [user=ada]");
        assertThat(line("grün".getBytes(StandardCharsets.UTF_8), true)).contains(", value 5 bytes \"grün\", ");
    }

    @Test
    void cutsLongContent() {
        assertThat(line("x".repeat(1_000_000), true)).hasSizeLessThan(1_000).contains("(1000000 characters)");
        assertThat(line(new byte[1_000_000], true)).hasSizeLessThan(3_000).contains("1000000 bytes");
    }

    @Test
    void livesWithAValueThatCannotBeShown() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        assertThat(line(broken, true)).contains(", value (java.lang.IllegalStateException: no text), ");
    }
}
