// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetJsonTest {

    @Test
    void keepsTheOrderOfTheFields() {
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("z", "grün\n");
        partition.put("a", 7);
        partition.put("n", null);
        OffsetKey key = OffsetKey.of("web \"log\"", partition);
        String json = "[\"web \\\"log\\\"\",{\"z\":\"grün\\n\",\"a\":7,\"n\":null}]";
        assertThat(OffsetJson.key(key)).asString(UTF_8).isEqualTo(json);
        assertThat(OffsetJson.parseKey(json.getBytes(UTF_8))).contains(key);
        assertThat(OffsetJson.parseKey(json.getBytes(UTF_8))
                        .orElseThrow()
                        .partition()
                        .keySet())
                .containsExactly("z", "a", "n");
    }

    @Test
    void hasNoKeyWhereAConnectorHasNoPartition() {
        assertThat(OffsetJson.parseKey("[\"web-log\",null]".getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "[]",
                "[1,{}]",
                "[\"a\"]",
                "[\"a\",{},1]",
                "[\"a\",{}] 1",
                "[\"a\",[]]",
                "[\"a\",{\"b\":[]}]"
            })
    void refusesOtherKeys(String json) {
        assertThatThrownBy(() -> OffsetJson.parseKey(json.getBytes(UTF_8))).isInstanceOf(DataException.class);
    }

    @Test
    void takesNumbersAsConnectDoes() {
        assertThat(OffsetJson.map(OffsetJson.parse("{\"a\":9223372036854775807,\"b\":1.5,\"c\":1E2,\"d\":true}")))
                .isEqualTo(Map.of("a", Long.MAX_VALUE, "b", 1.5, "c", 100.0, "d", true));
        assertThatThrownBy(() -> OffsetJson.map(OffsetJson.parse("{\"a\":9223372036854775808}")))
                .hasMessageStartingWith("the value of a is none that Connect takes");
        assertThatThrownBy(() -> OffsetJson.parse("{\n\"a\":oops}"))
                .hasMessageStartingWith("it is not JSON (line 2, column ");
    }
}
