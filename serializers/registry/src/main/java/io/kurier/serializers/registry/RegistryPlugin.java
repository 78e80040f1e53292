// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.framings.SchemaSource;
import io.kurier.serializers.framings.SchemaSourcePlugin;
import io.kurier.serializers.registry.internal.RegistryClient;
import io.kurier.spi.FramingSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Makes the schema source {@code registry} available. Sources with the same keys of a client share it. */
public final class RegistryPlugin implements SchemaSourcePlugin {
    private final Map<Map<String, ?>, SharedClient> clients = new HashMap<>();

    private static final class SharedClient {
        private final RegistryClient client;
        private int users;

        SharedClient(RegistryClient client) {
            this.client = client;
        }
    }

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public RegistryPlugin() {}

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public ConfigDef configDef() {
        return RegistrySettings.defineIn(RegistryClient.defineIn(new ConfigDef()));
    }

    @Override
    public SchemaSource source(FramingSettings settings) {
        String prefix = "framing." + settings.name() + ".";
        RegistrySettings own = RegistrySettings.of(settings, prefix);
        AbstractConfig config = new AbstractConfig(
                RegistryClient.defineIn(new ConfigDef()), settings.config().originals(), false);
        Map<String, ?> key = config.values();
        RegistryClient client = use(key, config, prefix);
        return new RegistrySource(client, own, () -> release(key));
    }

    private synchronized RegistryClient use(Map<String, ?> key, AbstractConfig config, String prefix) {
        SharedClient shared = clients.get(key);
        if (shared == null) {
            shared = new SharedClient(RegistryClient.of(config, prefix));
            clients.put(key, shared);
        }
        shared.users++;
        return shared.client;
    }

    private synchronized void release(Map<String, ?> key) {
        SharedClient shared = clients.get(key);
        if (shared != null && --shared.users == 0) {
            clients.remove(key);
            shared.client.close();
        }
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(shared -> shared.client.close());
        clients.clear();
    }
}
