// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads settings for tests. */
final class Settings {
    private Settings() {}

    /** Returns the valid settings of a connector with more properties, keys and values by turns. */
    static ConnectorSettings of(String... more) {
        List<String> problems = new ArrayList<>();
        ConnectorSettings settings = read(problems, more);
        assertThat(problems).isEmpty();
        return settings;
    }

    /** Returns the settings of a connector, and collects what is wrong with them. */
    static ConnectorSettings read(List<String> problems, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of("name", "c", "connector.class", "FakeConnector"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return ConnectorSettings.read(List.of(properties), problems).get(0);
    }
}
