// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class KafkaConverterTest {
    private static final String PACKAGE = "org.apache.kafka.connect.converters.";

    private static KafkaConverter<?> converter(String word) {
        return Objects.requireNonNull(KafkaConverter.of(PACKAGE + word + "Converter"), word);
    }

    @Test
    void convertsBackWhatItMade() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ByteArray", new byte[] {1, 2});
        values.put("Boolean", true);
        values.put("Double", 1.5);
        values.put("Float", 1.5f);
        values.put("Integer", 7);
        values.put("Long", 7L);
        values.put("Short", (short) 7);
        values.forEach((word, value) -> {
            KafkaConverter<?> converter = converter(word);
            byte[] bytes = converter.fromConnectData("t", null, value);
            assertThat(bytes).isNotNull();
            assertThat(converter.toConnectData("t", bytes).value()).isEqualTo(value);
            assertThat(converter
                            .toConnectHeader("t", "h", converter.fromConnectHeader("t", "h", null, value))
                            .value())
                    .isEqualTo(value);
            assertThat(converter.fromConnectData("t", null, null)).isNull();
        });
    }

    @Test
    void refusesAValueOfAnotherType() {
        assertThatThrownBy(() -> converter("Long").fromConnectData("t", Schema.INT32_SCHEMA, 7))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> converter("Boolean").fromConnectData("t", Schema.STRING_SCHEMA, true))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> converter("ByteArray").fromConnectData("t", Schema.STRING_SCHEMA, "a"))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> converter("Long").toConnectData("t", new byte[3]))
                .isInstanceOf(DataException.class);
    }

    @Test
    void isKnownByConnectsAliases() {
        assertThat(Aliases.fullName(PluginKind.VALUE_CONVERTER, "Long")).isEqualTo(PACKAGE + "LongConverter");
        assertThat(Aliases.fullName(PluginKind.HEADER_CONVERTER, "ByteArrayConverter"))
                .isEqualTo(PACKAGE + "ByteArrayConverter");
        assertThat(Aliases.fullName(PluginKind.VALUE_CONVERTER, "Mine")).isEqualTo("Mine");
        assertThat(KafkaConverter.of("org.example.LongConverter")).isNull();
    }
}
