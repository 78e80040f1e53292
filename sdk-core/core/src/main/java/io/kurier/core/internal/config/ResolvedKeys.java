// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.config.ResolvedKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Lists all keys except those of topics, defaults included, in the order in which a reader expects them. */
public final class ResolvedKeys {
    private static final ConfigDef KAFKA = ProducerConfig.configDef();

    private final PublisherConfig config;
    private final List<ResolvedKey> keys = new ArrayList<>();

    private ResolvedKeys(PublisherConfig config) {
        this.config = config;
    }

    /** Returns the keys of a configuration without problems. A key that is not set and has no default is omitted. */
    public static List<ResolvedKey> of(PublisherConfig config) {
        return new ResolvedKeys(config).list();
    }

    private List<ResolvedKey> list() {
        config.settings().values().stream()
                .filter(setting -> (setting.key() + ".").startsWith(PublisherKeys.PROVIDER_PREFIX))
                .forEach(setting -> keys.add(KeyOrigin.of("connection", setting)));
        kafkas("connection", PublisherKeys.BOOTSTRAP, "");
        Keys.connectionKeys().forEach(name -> kafkas("connection", name, ""));
        own("producer", PublisherKeys.PROFILE);
        Set<String> producer = new TreeSet<>(ProducerKeys.names());
        producer.addAll(PublisherConfig.FIXED_PRODUCER_KEYS.keySet());
        producer.forEach(name -> kafkas("producer", name, Keys.PRODUCER_PREFIX));
        Set<String> publisher = new LinkedHashSet<>(PublisherKeys.KEYS.names());
        keys.forEach(key -> publisher.remove(key.key()));
        publisher.remove(PublisherKeys.PROVIDERS);
        if (!config.transactions().areOn()) {
            publisher.removeAll(PublisherKeys.OF_TRANSACTIONS);
        }
        publisher.forEach(name -> own("publisher", name));
        return List.copyOf(keys);
    }

    private void kafkas(String section, String name, String prefix) {
        Setting setting = config.settings().get(prefix + name);
        Object fixed = PublisherConfig.FIXED_PRODUCER_KEYS.get(name);
        Object profiles = config.profile().producerKeys().get(name);
        Object own = PublisherConfig.DEFAULT_PRODUCER_KEYS.get(name);
        if (fixed != null) {
            keys.add(new ResolvedKey(section, prefix + name, fixed.toString(), KeyOrigin.FIXED, null));
        } else if (setting != null) {
            keys.add(KeyOrigin.of(section, setting));
        } else if (profiles != null) {
            String source = config.profile().source();
            keys.add(new ResolvedKey(section, prefix + name, profiles.toString(), source, null));
        } else if (own != null) {
            keys.add(new ResolvedKey(section, prefix + name, own.toString(), "default of Kurier", null));
        } else {
            defaults(KAFKA, Map.of(name, prefix + name), section, keys);
        }
    }

    private void own(String section, String key) {
        KeyOrigin.add(section, key, config.settings().get(key), PublisherKeys.KEYS.shownDefault(key), keys);
    }

    /**
     * Adds the defaults of a definition's keys, if they have one.
     *
     * @param fullKeys the keys to add, with the full key of each
     */
    public static void defaults(
            ConfigDef definition, Map<String, String> fullKeys, String section, List<ResolvedKey> to) {
        fullKeys.forEach((name, fullKey) -> {
            ConfigDef.ConfigKey key = definition.configKeys().get(name);
            String shown = key == null ? null : KeyDescription.of(key).defaultValue();
            if (shown != null) {
                to.add(KeyOrigin.ofDefault(section, fullKey, shown));
            }
        });
    }
}
