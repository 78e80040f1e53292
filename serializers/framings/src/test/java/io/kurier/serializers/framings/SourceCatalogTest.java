// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.spi.FramingSettings;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class SourceCatalogTest {
    private static final Map<String, String> CHOOSE_FILE = Map.of("schemas", "file", "schemas.folder", "any");

    @Test
    void theKeysOfSourcesStandBesideThoseOfTheFraming() {
        try (SourceCatalog catalog = new SourceCatalog()) {
            ConfigDef keys = catalog.defineIn(new ConfigDef()
                    .define("id.bytes", ConfigDef.Type.INT, 4, ConfigDef.Importance.LOW, "a framing's own"));

            assertThat(keys.names()).contains("id.bytes", "schemas", "schemas.folder", "schemas.resource");
        }
    }

    @Test
    void refusesASourceWithAKeyThatTheFramingHas() {
        try (SourceCatalog catalog = new SourceCatalog()) {
            ConfigDef keys = catalog.defineIn(new ConfigDef()
                    .define("schemas.folder", ConfigDef.Type.STRING, "", ConfigDef.Importance.LOW, "a framing's own"));
            FramingSettings settings = new FramingSettings(
                    "marked", "avro", "orders", false, new AbstractConfig(keys, CHOOSE_FILE, false));

            assertThatThrownBy(() -> catalog.of(settings))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("the schema source file has the key schemas.folder, and so has the framing marked, so"
                            + " that neither can be meant. Give the source's key another name");
        }
    }
}
