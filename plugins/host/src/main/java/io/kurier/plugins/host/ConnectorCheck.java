// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.StartException;
import io.kurier.core.config.ResolvedKey;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates connectors from their properties and finds all that is wrong with them, before one of them starts. */
final class ConnectorCheck {
    private ConnectorCheck() {}

    /**
     * Creates and checks connectors.
     *
     * @return an instance for each connector's settings, in their order; to be stopped by the caller
     * @throws StartException with everything that is wrong
     */
    static Map<ConnectorSettings, ConnectorInstance> instances(
            List<Map<String, String>> connectors, ConnectPlugins plugins) {
        Map<ConnectorSettings, ConnectorInstance> instances = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (ConnectorSettings settings : ConnectorSettings.read(connectors, problems)) {
            try {
                ConnectorInstance instance = ConnectorInstance.create(settings, plugins);
                instances.put(settings, instance);
                instance.check(problems);
            } catch (StartException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            instances.values().forEach(ConnectorInstance::stop);
            throw new StartException(problems, null);
        }
        return instances;
    }

    /**
     * Checks connectors and returns all keys with their effective values.
     *
     * @throws StartException with everything that is wrong
     */
    static List<ResolvedKey> keys(List<Map<String, String>> connectors, ConnectPlugins plugins) {
        Map<ConnectorSettings, ConnectorInstance> instances = instances(connectors, plugins);
        try {
            return instances.values().stream()
                    .flatMap(instance -> instance.resolved().stream())
                    .toList();
        } finally {
            instances.values().forEach(ConnectorInstance::stop);
        }
    }
}
