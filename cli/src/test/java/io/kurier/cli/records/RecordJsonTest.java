// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kurier.ArrayHeaders;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {

    @Test
    void anObjectHasTheFieldsOfARecord() {
        Headers headers = new ArrayHeaders().add("a", "1".getBytes(UTF_8)).add("a", null);
        assertThat(JsonText.line(RecordJson.of(record(headers, "k".getBytes(UTF_8)), TextNode.valueOf("ü\u001b[2J"))))
                .isEqualTo("{\"topic\":\"orders\",\"partition\":2,\"offset\":7,\"timestamp\":1795342530000,"
                        + "\"key\":\"k\",\"value\":\"ü\\u001B[2J\","
                        + "\"headers\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"a\",\"value\":null}]}");
    }

    @Test
    void escapesWhatATerminalObeysAndHides() {
        String hidden = "\u007f\u0085\u009b\u202e\u2066\ufeff\u2028\ud800";
        assertThat(JsonText.line(TextNode.valueOf(hidden)))
                .isEqualTo("\"\\u007f\\u0085\\u009b\\u202e\\u2066\\ufeff\\u2028\\ud800\"");
        assertThat(JsonText.ofLine(JsonText.line(TextNode.valueOf(hidden))).textValue())
                .isEqualTo(hidden);
    }

    /** Every byte sequence, text or not, is the same after the way through a line. */
    @Test
    void bytesComeBackAsTheyWere() {
        Random random = new Random(18);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(8)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes = new String(bytes, UTF_8).getBytes(UTF_8);
            }
            Headers headers = new ArrayHeaders().add("h", bytes);
            JsonNode line =
                    JsonText.ofLine(JsonText.line(RecordJson.of(record(headers, bytes), ByteText.toJson(bytes))));
            RecordJson.Input input = RecordJson.parse(line);
            assertThat(input.key()).isEqualTo(bytes);
            assertThat(ByteText.fromJson(Optional.ofNullable(input.value()).orElseThrow(), "value"))
                    .isEqualTo(bytes);
            assertThat(input.headers())
                    .singleElement()
                    .satisfies(header -> assertThat(header.value()).isEqualTo(input.key()));
            assertThat(input.partition()).isEqualTo(2);
            assertThat(input.timestamp()).isEqualTo(1_795_342_530_000L);
        }
    }

    @Test
    void whatIsAbsentIsLeftToThePublisher() {
        RecordJson.Input input = RecordJson.parse(JsonText.ofLine("{\"value\":null}"));
        assertThat(input.key()).isNull();
        assertThat(input.value()).isNull();
        assertThat(input.headers()).isEmpty();
        assertThat(input.partition()).isNull();
        assertThat(input.timestamp()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                  | it is not the object of a record, as kurier read --json prints it
            {"key":"k"}                         | the field value is missing; a tombstone has "value": null
            {"vlaue":1}                         | the object of a record has no field vlaue
            {"value":1,"error":"x"}             | the record was not decoded when it was read
            {"value":1,"key":5}                 | key is neither a text nor {"base64": "..."}
            {"value":1,"key":{"base64":"?"}}    | key has a base64 that is not Base64 (RFC 4648, section 4)
            {"value":1,"key":"\\ud800"}         | key has half of a surrogate pair, which UTF-8 lacks
            {"value":1,"partition":-1}          | the field partition is not a whole number from 0 to 2147483647
            {"value":1,"timestamp":1.5}         | the field timestamp is not a whole number from 0 to 9223372036854775807
            {"value":1,"headers":{}}            | the field headers is not an array of objects with key and value
            {"value":1,"headers":[{"key":"a"}]} | an element of headers is not an object with a text as key, and a value
            """)
    void refusesWhatIsNoRecord(String line, String reason) {
        assertThatThrownBy(() -> RecordJson.parse(JsonText.ofLine(line)))
                .isInstanceOf(UnfitException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1          | it is not one JSON value whose objects have each name once (column 8)
            secret          | it is not one JSON value whose objects have each name once (column 7)
            {"a":1}{"a":2}  | it is not one JSON value whose objects have each name once (column 9)
            {"a":1,"a":2}   | it is not one JSON value whose objects have each name once (column 13)
            """)
    void namesTheColumnAndShowsNothingOfTheLine(String line, String reason) {
        assertThatThrownBy(() -> JsonText.ofLine(line))
                .hasMessageMatching(
                        java.util.regex.Pattern.quote(reason).replaceAll("column \\d+", "column \\\\E\\\\d+\\\\Q"));
    }

    private static ConsumerRecord<byte[], byte[]> record(Headers headers, byte[] key) {
        return new ConsumerRecord<>(
                "orders",
                2,
                7,
                1_795_342_530_000L,
                TimestampType.CREATE_TIME,
                1,
                1,
                key,
                new byte[0],
                headers,
                Optional.empty());
    }
}
