// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Utf8Test {
    private static final String TOPIC = "t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C080", "C0AF", "C1BF", "E08080", "E09FBF", "F0808080", "F08FBFBF", "EDA080", "EDBFBF", "EDA0BDEDB882",
                "F4908080", "F5808080", "F8888080", "80", "BF", "C3", "E282", "F09F", "FE", "FF"
            })
    void whatIsNoCharacterIsRefusedWithItsPlaceInTextsAndInNames(String hex) {
        byte[] wrong = HexFormat.of().parseHex(hex);
        for (String[] around : new String[][] {{"\"ab", "\""}, {"{\"a", "\":1}"}, {"\"€", "€\""}}) {
            byte[] json = concat(around[0].getBytes(UTF_8), wrong, around[1].getBytes(UTF_8));
            assertThatThrownBy(() -> new JsonDeserializer<JsonNode>().deserialize(TOPIC, json))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("not well-formed JSON in UTF-8: no character of it has the byte at index "
                            + around[0].getBytes(UTF_8).length + " (of " + json.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void otherCharsetsAreRefused(String charset) {
        byte[] json = "{\"a\":1}".getBytes(Charset.forName(charset));
        assertThatThrownBy(() -> new JsonDeserializer<JsonNode>().deserialize(TOPIC, json))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not well-formed JSON in UTF-8");
    }

    @Test
    void charactersOfAllSizesAndAByteOrderMarkAreRead() {
        String all = "\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff🦉\udbff\udfff";
        byte[] json = concat(HexFormat.of().parseHex("EFBBBF"), ("\"" + all + "\"").getBytes(UTF_8));
        assertThat(new JsonDeserializer<>(String.class).deserialize(TOPIC, json))
                .isEqualTo(all);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
