// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ClientConfigTest {

    @Test
    void aKeyForKeysOrValuesOnlyWins() {
        Map<String, String> configs = Map.of("avro.type", "both", "key.avro.type", "keys");

        assertThat(new ClientConfig(configs, true).text("avro.type")).contains("keys");
        assertThat(new ClientConfig(configs, false).text("avro.type")).contains("both");
    }

    @Test
    void readsTextListsAndNumbers() {
        ClientConfig config = new ClientConfig(Map.of("a", " x ", "b", "x, y", "c", "7", "d", " "), false);

        assertThat(config.text("a")).contains("x");
        assertThat(config.text("d")).isEmpty();
        assertThat(config.list("b")).isEqualTo(List.of("x", "y"));
        assertThat(config.list("none")).isEmpty();
        assertThat(config.positiveInt("c")).contains(7);
        assertThat(config.positiveInt("none")).isEmpty();
    }

    @Test
    void takesAClassOrItsName() {
        assertThat(new ClientConfig(Map.of("t", String.class), false).classNamed("t"))
                .contains(String.class);
        assertThat(new ClientConfig(Map.of("t", " java.lang.String "), false).classNamed("t"))
                .contains(String.class);
    }

    @Test
    void namesTheKeyThatIsWrong() {
        Map<String, String> configs = Map.of("value.t", "no.such.Type", "value.n", "0");
        ClientConfig config = new ClientConfig(configs, false);

        assertThatThrownBy(() -> config.classNamed("t"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no.such.Type for configuration value.t");
        assertThatThrownBy(() -> config.positiveInt("n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.n");
    }
}
