// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** Checks the keys under {@code producer.}: Kafka's own, except those on which Kurier's guarantees depend. */
public final class ProducerKeys {
    /** Keys that users must not set, each with the reason and the alternative. */
    private static final Map<String, String> LOCKED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "is always all: anything less can lose acknowledged records",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            "is always true: without it a retry can store a record twice",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            "is always 0; say how long publish may wait in publish.max.wait.ms",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            "is Kurier's own; name a plugin in topics.<alias>.key.serializer",
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            "is Kurier's own; name a plugin in topics.<alias>.value.serializer",
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            "is Kurier's own; name a plugin in topics.<alias>.partitioner",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "is Kurier's own, since it must not change between restarts; name the application in application.id",
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            "is not for this producer, which is not transactional; say it in transactions.timeout.ms",
            ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
            "is always false: Kurier's transactions have one phase");

    private static final Set<String> NAMES = allowedNames();

    private final Problems problems;
    private final @Nullable Profile profile;

    /**
     * Creates the checks with the defaults of a profile.
     *
     * @param profile null if the configured profile is invalid; checks that depend on its values are skipped
     */
    ProducerKeys(Problems problems, @Nullable Profile profile) {
        this.problems = problems;
        this.profile = profile;
    }

    /** Returns the names that may follow the prefix, in their alphabetical order. */
    static Set<String> names() {
        return NAMES;
    }

    private static Set<String> allowedNames() {
        Set<String> names = new TreeSet<>(ProducerConfig.configNames());
        names.removeAll(LOCKED.keySet());
        names.removeIf(name -> name.equals(PublisherKeys.BOOTSTRAP)
                || name.equals(PublisherKeys.PROVIDERS)
                || Keys.isConnectionKey(name));
        return Collections.unmodifiableSet(names);
    }

    /** Returns the names of the keys that cannot be set, since the publisher's guarantees depend on them. */
    public static Set<String> lockedNames() {
        return LOCKED.keySet();
    }

    /** Checks settings under the prefix, and the values of the connection keys. Returns the former without prefix. */
    Map<String, String> read(List<Setting> settings, List<Setting> connection) {
        Map<String, Setting> byName = new LinkedHashMap<>();
        for (Setting setting : settings) {
            String name = setting.key().substring(Keys.PRODUCER_PREFIX.length());
            if (isLocked(setting, name)) {
                continue;
            }
            if (!names().contains(name) && ProducerConfig.configNames().contains(name)) {
                problems.add(setting, "this key has no prefix. Write " + name + ".");
            } else if (!names().contains(name)) {
                problems.unknownKey(setting, Keys.PRODUCER_PREFIX, names());
            } else {
                byName.put(name, setting);
            }
        }
        Map<String, String> keys = new LinkedHashMap<>();
        byName.forEach((name, setting) -> keys.put(name, setting.value()));
        connection.forEach(setting -> byName.put(setting.key(), setting));
        Map<String, @Nullable Object> parsed = DeclaredValues.check(ProducerConfig.configDef(), byName, null, problems);
        for (Profile each : profile == null ? Profile.values() : new Profile[] {profile}) {
            Map<String, Object> defaults = new HashMap<>(each.producerKeys());
            defaults.keySet().removeAll(byName.keySet());
            if (profile == null) {
                parsed.keySet().removeAll(defaults.keySet());
            } else {
                parsed.putAll(defaults);
            }
        }
        new ProducerChecks(byName, parsed, profile, problems).run();
        return keys;
    }

    /** Returns whether a name is locked, and reports it if so. */
    boolean isLocked(Setting setting, String name) {
        String reason = LOCKED.get(name);
        if (reason != null) {
            problems.add(setting, name + " " + reason + ". Remove the key.");
        }
        return reason != null;
    }
}
