// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.config.SaslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a start with the connection that was read later: other keys cannot change while a publisher runs.
 *
 * @param config the configuration of the start, with addresses and security keys as they were read now
 * @param unused the keys whose values differ from those of the start and which are not used before a restart, in their
 *     alphabetical order
 */
public record RotatedConfig(PublisherConfig config, List<String> unused) {
    /** Numbers the log-ins of this JVM that rotations have made. */
    private static final AtomicLong LOGINS = new AtomicLong();

    /** Combines the configuration of the start with one that was read now. */
    public static RotatedConfig of(PublisherConfig started, PublisherConfig now) {
        Map<String, String> connection = new LinkedHashMap<>(now.connection());
        connection.remove(Keys.CLIENT_ID);
        String clientId = started.connection().get(Keys.CLIENT_ID);
        if (clientId != null) {
            connection.put(Keys.CLIENT_ID, clientId);
        }
        connection.computeIfPresent(SaslConfigs.SASL_JAAS_CONFIG, (key, text) -> withNumber(text));
        Map<String, Setting> settings = new LinkedHashMap<>(started.settings());
        settings.keySet().removeIf(Keys::isRotated);
        now.settings().forEach((key, setting) -> {
            if (Keys.isRotated(key)) {
                settings.put(key, setting);
            }
        });
        PublisherConfig config = new PublisherConfig(
                now.bootstrap(),
                connection,
                started.profile(),
                started.producer(),
                started.values(),
                started.transactions(),
                started.pluginPath(),
                started.topics(),
                started.serializerDefaults(),
                Collections.unmodifiableMap(settings),
                now.secrets().and(started.secrets()),
                started.instrumentations());
        return new RotatedConfig(config, changed(started.settings(), now.settings()));
    }

    /**
     * Appends a comment to a log-in, so that its text is new: Kafka's clients with the same text share one log-in
     * ({@code LoginManager}), and with it a token that was read before.
     */
    private static String withNumber(String jaas) {
        return jaas + " /*" + LOGINS.incrementAndGet() + "*/";
    }

    private static List<String> changed(Map<String, Setting> before, Map<String, Setting> now) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(now.keySet());
        keys.removeIf(key -> Keys.isRotated(key) || Objects.equals(value(before, key), value(now, key)));
        return List.copyOf(keys);
    }

    private static @Nullable String value(Map<String, Setting> settings, String key) {
        Setting setting = settings.get(key);
        return setting == null ? null : setting.value();
    }

    /** Omits the values: some are secrets. */
    @Override
    public String toString() {
        return "RotatedConfig[" + config + ", unused=" + unused + "]";
    }
}
