// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.PluginChoice;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.PublisherKeys;
import io.kurier.core.internal.config.Setting;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** Combines the places where a plugin's own keys are set. */
final class PluginKeys {
    private PluginKeys() {}

    /**
     * Returns the settings of a plugin for one topic, by its own keys: the topic's, or those for all topics if it has
     * none.
     */
    static Map<String, Setting> of(PublisherConfig config, Plugin plugin, PluginChoice choice) {
        return plugin instanceof SerializerPlugin ? of(config, choice.name(), choice) : own(choice);
    }

    /** Returns the settings of a serializer of which only the configured name is known. */
    static Map<String, Setting> of(PublisherConfig config, String serializer, PluginChoice choice) {
        Map<String, Setting> byKey = new LinkedHashMap<>();
        String prefix = PublisherKeys.SERIALIZER_PREFIX + serializer + ".";
        config.serializerDefaults().stream()
                .filter(setting -> setting.key().startsWith(prefix))
                .forEach(setting -> byKey.put(setting.key().substring(prefix.length()), setting));
        byKey.putAll(own(choice));
        return byKey;
    }

    /** Returns the settings of a plugin that has none for all topics. */
    static Map<String, Setting> own(PluginChoice choice) {
        Map<String, Setting> byKey = new LinkedHashMap<>();
        for (Setting setting : choice.keys()) {
            byKey.put(setting.key().substring(choice.prefix().length()), setting);
        }
        return byKey;
    }

    /** Returns whether a value is never shown: by the general rules for secrets, or because the plugin declares it. */
    static boolean isSecret(ConfigDef definition, String key, Setting setting) {
        ConfigDef.ConfigKey declared = definition.configKeys().get(key);
        return setting.isSecret() || (declared != null && declared.type() == ConfigDef.Type.PASSWORD);
    }
}
