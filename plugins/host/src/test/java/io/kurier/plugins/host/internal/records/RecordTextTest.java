// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordTextTest {

    private static String reason(Object value, String message) {
        return RecordText.reason(new DataException(message), Pipelines.record(null, value))
                .substring(DataException.class.getName().length() + 2);
    }

    @Test
    void hidesTheValuesOfTheRecord() {
        assertThat(reason("4711", "For input string: \"4711\"")).isEqualTo("For input string: \"[hidden]\"");
        assertThat(reason(Map.of("card", List.of(4711)), "bad number 4711, not 47110"))
                .isEqualTo("bad number [hidden], not 47110");
        Schema schema =
                SchemaBuilder.struct().field("name", Schema.STRING_SCHEMA).build();
        assertThat(reason(new Struct(schema).put("name", "Ada Byron"), "name=Ada Byron is too long"))
                .isEqualTo("name=[hidden] is too long");
    }

    @Test
    void hidesPartsOfValuesThatAreQuoted() {
        assertThat(reason("user=ada password=hunter2", "unexpected 'hunter2' after \"pass\""))
                .isEqualTo("unexpected [hidden] after [hidden]");
    }

    @Test
    void hidesKeysAndHeaders() {
        SourceRecord record = new SourceRecord(null, null, "t", Schema.STRING_SCHEMA, "k-1", Schema.STRING_SCHEMA, "v");
        record.headers().addString("user", "ada");
        assertThat(RecordText.reason(new DataException("k-1 of ada"), record)).endsWith(": [hidden] of [hidden]");
    }

    @Test
    void keepsTheNamesOfFields() {
        assertThat(reason(Map.of("id", "x7"), "Field does not exist: id")).isEqualTo("Field does not exist: id");
    }

    @Test
    void cutsAndEscapesTheMessage() {
        assertThat(reason("v", "line\nend\u001b[2J")).isEqualTo("line\\nend\\u001b[2J");
        assertThat(reason("v", "x".repeat(100_000))).hasSizeLessThan(600).endsWith("...");
    }
}
