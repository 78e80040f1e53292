// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.config.ResolvedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Lists all keys but those of topics, defaults included, in the order in which a reader looks for them. */
public final class ResolvedKeys {
    private static final ConfigDef KAFKA = ProducerConfig.configDef();

    private final PublisherConfig config;
    private final List<ResolvedKey> keys = new ArrayList<>();

    private ResolvedKeys(PublisherConfig config) {
        this.config = config;
    }

    /** The keys of a configuration without problems. A key that is not set and has no default is left out. */
    public static List<ResolvedKey> of(PublisherConfig config) {
        return new ResolvedKeys(config).list();
    }

    private List<ResolvedKey> list() {
        config.settings().values().stream()
                .filter(setting -> (setting.key() + ".").startsWith(Keys.PROVIDER_PREFIX))
                .forEach(setting -> keys.add(KeyOrigin.of("connection", setting)));
        kafkas("connection", Keys.BOOTSTRAP, "");
        Keys.connectionKeys().forEach(name -> kafkas("connection", name, ""));
        own("producer", Keys.PROFILE, "balanced");
        Set<String> producer = new TreeSet<>(ProducerKeys.names());
        producer.addAll(PublisherConfig.FIXED_PRODUCER_KEYS.keySet());
        producer.forEach(name -> kafkas("producer", name, Keys.PRODUCER_PREFIX));
        own(Keys.START_MAX_WAIT, Long.toString(config.startMaxWait().toMillis()));
        own(Keys.MAX_WAIT, Long.toString(config.maxWait().toMillis()));
        own(Keys.CLOSE_TIMEOUT, Long.toString(config.closeTimeout().toMillis()));
        own(Keys.CLOSE_AT_SHUTDOWN, "false");
        own(Keys.RESOLVE_TIMEOUT, Long.toString(config.resolveTimeout().toMillis()));
        transactions(config.transactions());
        own(Keys.MANAGEMENT, "verify");
        own(Keys.PLUGIN_PATH, "none");
        Setting topics = config.settings().get(Keys.TOPICS);
        if (topics != null) {
            keys.add(KeyOrigin.of("publisher", topics));
        }
        return List.copyOf(keys);
    }

    private void transactions(TransactionConfig transactions) {
        own(Keys.APPLICATION_ID, "none, so no transactions");
        own(Keys.PUBLISHER_NAME, transactions.publisherName());
        if (transactions.areOn()) {
            own(Keys.APPLICATION_INSTANCE_ID, "none");
            own(Keys.TRANSACTION_PRODUCERS, Integer.toString(transactions.producers()));
            own(Keys.TRANSACTION_TIMEOUT, Long.toString(transactions.timeout().toMillis()));
            own(Keys.TRANSACTION_VERSION, Integer.toString(transactions.minimumVersion()));
        }
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

    private void own(String key, String defaultValue) {
        own("publisher", key, defaultValue);
    }

    private void own(String section, String key, String defaultValue) {
        Setting setting = config.settings().get(key);
        keys.add(setting == null ? KeyOrigin.ofDefault(section, key, defaultValue) : KeyOrigin.of(section, setting));
    }

    /**
     * Adds the defaults of a definition's keys, as far as they have one.
     *
     * @param fullKeys the keys to look at, with the full key of each
     */
    public static void defaults(
            ConfigDef definition, Map<String, String> fullKeys, String section, List<ResolvedKey> to) {
        fullKeys.forEach((name, fullKey) -> {
            ConfigDef.ConfigKey key = definition.configKeys().get(name);
            if (key != null && key.hasDefault() && key.defaultValue != null) {
                to.add(KeyOrigin.ofDefault(section, fullKey, ConfigDef.convertToString(key.defaultValue, key.type)));
            }
        });
    }
}
