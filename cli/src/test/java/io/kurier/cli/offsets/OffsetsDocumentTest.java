// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.offsets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.host.internal.offsets.OffsetKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetsDocumentTest {
    private static final OffsetKey A = OffsetKey.of("web-log", Map.of("file", "a.log"));
    private static final OffsetKey B = OffsetKey.of("orders", Map.of("table", "t"));

    @Test
    void readsWhatItWrites() {
        Map<OffsetKey, Map<String, Object>> offsets = new LinkedHashMap<>();
        offsets.put(A, Map.of("position", 1L));
        offsets.put(B, Map.of("id", 2.5));
        String all = OffsetsDocument.ofAll(offsets).toString();
        assertThat(all)
                .isEqualTo("{\"connectors\":{\"web-log\":{\"offsets\":[{\"partition\":{\"file\":\"a.log\"},\"offset\":"
                        + "{\"position\":1}}]},\"orders\":{\"offsets\":[{\"partition\":{\"table\":\"t\"},\"offset\":"
                        + "{\"id\":2.5}}]}}}");
        assertThat(OffsetsDocument.parse(all.getBytes(UTF_8), null)).isEqualTo(offsets);
        assertThat(OffsetsDocument.parse(all.getBytes(UTF_8), "orders")).isEqualTo(Map.of(B, Map.of("id", 2.5)));
        String one = OffsetsDocument.ofOne(Map.of(A, Map.of("position", 1L))).toString();
        assertThat(one).isEqualTo("{\"offsets\":[{\"partition\":{\"file\":\"a.log\"},\"offset\":{\"position\":1}}]}");
        assertThat(OffsetsDocument.parse(one.getBytes(UTF_8), "web-log")).isEqualTo(Map.of(A, Map.of("position", 1L)));
    }

    @Test
    void forgetsAPartitionOfNull() {
        Map<OffsetKey, Map<String, ?>> expected = new LinkedHashMap<>();
        expected.put(A, null);
        assertThat(OffsetsDocument.parse(
                        "{\"offsets\":[{\"partition\":{\"file\":\"a.log\"},\"offset\":null}]}".getBytes(UTF_8),
                        "web-log"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}               | | it has neither "offsets" with an array nor "connectors" with an object, as kurier offsets export writes them
                    []               | | it has neither "offsets" with an array nor "connectors" with an object, as kurier offsets export writes them
                    {"offsets":[]}   | | it does not say of which connector the offsets are; name that by --connector
                    {"connectors":{}} | a | it has no connector a
                    {"connectors":{"a":{}}} | | connectors.a.offsets: it is no array
                    {"offsets":[{}]} | a | offsets[0].partition: it is no JSON object of the form {"field": value}
                    {"offsets":[{"partition":{}}]} | a | offsets[0].offset: it is no JSON object of the form {"field": value}
                    {"offsets":[{"partition":{"x":[]}}]} | a | offsets[0].partition: the value of x is none that Connect takes: null, a text, true, false, or a number that fits a long or a double
                    {"offsets":[{"partition":{},"offset":{}},{"partition":{},"offset":{}}]} | a | offsets[1]: the source partition has an offset before already
                    """)
    void saysWhatIsWrong(String document, String connector, String message) {
        assertThatThrownBy(() -> OffsetsDocument.parse(document.getBytes(UTF_8), connector))
                .isInstanceOf(OffsetsInputException.class)
                .hasMessage(message);
    }

    @Test
    void saysWhereItIsNoJson() {
        assertThatThrownBy(() -> OffsetsDocument.parse("{\n\"offsets\":[}".getBytes(UTF_8), null))
                .isInstanceOf(OffsetsInputException.class)
                .hasMessageStartingWith("it is not JSON (line 2, column ");
    }
}
