// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @Test
    void whiteSpaceAndOrderHaveNoMeaning() {
        Object one = Json.parse("{\"b\": [1.0, 100, true, null, \"\\u00e9\\/\\n\\u0001\"],\n\t\"a\":{},\"c\":[]}");
        Object other = Json.parse("{\"a\":{},\"c\":[ ],\"b\":[1,1e2,true,null,\"é/\\n\\u0001\"]}");

        assertThat(Json.sorted(one)).isEqualTo(Json.sorted(other));
        assertThat(Json.compact(one)).isEqualTo("{\"b\":[1.0,100,true,null,\"é/\\n\\u0001\"],\"a\":{},\"c\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"a\":1} , `{\"a\":2}`",
                "`[1,2]` , `[2,1]`",
                "`\"1\"` , 1",
                "0.1 , 0.10000000000000000001",
                "null , false",
            })
    void otherValuesAreNotEqual(String one, String other) {
        assertThat(Json.sorted(Json.parse(one))).isNotEqualTo(Json.sorted(Json.parse(other)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``|it ends where a value is expected, in line 1, column 1",
                "{|the name of a member is expected",
                "{\"a\"}|a colon is expected, in line 1, column 5",
                "{\"a\":1 \"b\":2}|a comma or the end of an object is expected",
                "{\"a\":1,\"a\":1}|an object has the member a twice",
                "[1 2]|a comma or the end of an array is expected",
                "01|a value is expected, in line 1, column 1",
                "1.|a value is expected",
                "tru|a value is expected",
                "\"a|it ends within a string",
                "\"\\x\"|a string has an unknown escape sequence",
                "\"\\u12g4\"|a string has an unknown escape sequence",
                "1 2|something follows the value, in line 1, column 3",
            })
    void whatIsNoJsonIsRefusedWithItsPlace(String text, String reason) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 500 levels");
    }
}
