// SPDX-License-Identifier: Apache-2.0
package com.example.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.TypeRef;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvPluginTest {
    private static final String TOPIC = "readings";

    private final CsvPlugin plugin = new CsvPlugin();

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(SerializerPlugin.class)).hasAtLeastOneElementOfType(CsvPlugin.class);
    }

    @Test
    void aListIsOneLine() {
        assertThat(serializer(",").serialize(TOPIC, List.of("a", "say \"hi\"", "")))
                .isEqualTo("\"a\",\"say \"\"hi\"\"\",\"\"".getBytes(UTF_8));
        assertThat(serializer(";").serialize(TOPIC, List.of("a", "b"))).isEqualTo("\"a\";\"b\"".getBytes(UTF_8));
    }

    @Test
    void everyListComesBack() {
        for (List<String> fields : List.of(
                List.<String>of(), List.of(""), List.of("", ""), List.of("a,b", "\"", "line\nbreak", "Grüße"))) {
            assertThat(deserializer(",").deserialize(TOPIC, serializer(",").serialize(TOPIC, fields)))
                    .isEqualTo(fields);
        }
    }

    @Test
    void nullIsATombstone() {
        assertThat(serializer(",").serialize(TOPIC, null)).isNull();
        assertThat(deserializer(",").deserialize(TOPIC, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"a", "\"a\",", "\"a\"b", "\"a\" ,\"b\"", "\"a\";\"b\"", ",\"a\""})
    void refusesWhatIsNoLineOfCsv(String line) {
        assertThatThrownBy(() -> deserializer(",").deserialize(TOPIC, line.getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("not a line of CSV")
                .hasMessageContaining("at index");
    }

    @Test
    void refusesASeparatorThatItDoesNotKnow() {
        assertThatThrownBy(() -> serializer("--"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("separator");
    }

    private Serializer<List<String>> serializer(String separator) {
        return plugin.serializer(settings(separator));
    }

    private Deserializer<?> deserializer(String separator) {
        return plugin.deserializer(settings(separator)).orElseThrow();
    }

    /** What the publisher makes of {@code topics.readings.value.serializer.separator=...} */
    private SerializerSettings settings(String separator) {
        return new SerializerSettings(
                "csv",
                "orders",
                "orders",
                false,
                new TypeRef<List<String>>() {}.type(),
                new AbstractConfig(plugin.configDef(), Map.of("separator", separator)));
    }
}
