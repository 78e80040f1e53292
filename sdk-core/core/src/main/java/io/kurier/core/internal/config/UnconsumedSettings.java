// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings that no reader has claimed yet. Every key is claimed once, and a key that is left over is unknown. */
final class UnconsumedSettings {
    private final Map<String, Setting> byKey = new LinkedHashMap<>();

    /** Adds a setting, unless there is one with its key already, which is returned. */
    @Nullable
    Setting admit(Setting setting) {
        return byKey.putIfAbsent(setting.key(), setting);
    }

    /** Replaces every setting, key by key. */
    void replaceAll(UnaryOperator<Setting> change) {
        byKey.replaceAll((key, setting) -> change.apply(setting));
    }

    /** Returns the setting of a key, and claims it. */
    @Nullable
    Setting consume(String key) {
        return byKey.remove(key);
    }

    /** Returns the settings whose keys have a prefix, and claims them. */
    List<Setting> consumePrefix(String prefix) {
        List<Setting> claimed = byKey.values().stream()
                .filter(setting -> setting.key().startsWith(prefix))
                .toList();
        claimed.forEach(setting -> byKey.remove(setting.key()));
        return claimed;
    }

    /** Returns the settings that are left, in their order. */
    Collection<Setting> all() {
        return List.copyOf(byKey.values());
    }
}
