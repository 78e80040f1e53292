// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings that nobody has asked for yet. Every key is claimed once, and what is left over is unknown. */
final class UnconsumedSettings {
    private final Map<String, Setting> byKey = new LinkedHashMap<>();

    /** Takes a setting in, unless there is one of its key already, which is answered. */
    @Nullable
    Setting admit(Setting setting) {
        return byKey.putIfAbsent(setting.key(), setting);
    }

    /** Puts other settings in the place of all, key by key. */
    void replaceAll(UnaryOperator<Setting> change) {
        byKey.replaceAll((key, setting) -> change.apply(setting));
    }

    /** The setting of a key, which is claimed by this. */
    @Nullable
    Setting consume(String key) {
        return byKey.remove(key);
    }

    /** The settings whose keys begin so, which are claimed by this. */
    List<Setting> consumePrefix(String prefix) {
        List<Setting> claimed = byKey.values().stream()
                .filter(setting -> setting.key().startsWith(prefix))
                .toList();
        claimed.forEach(setting -> byKey.remove(setting.key()));
        return claimed;
    }

    /** What is left, in its order. */
    Collection<Setting> all() {
        return List.copyOf(byKey.values());
    }
}
