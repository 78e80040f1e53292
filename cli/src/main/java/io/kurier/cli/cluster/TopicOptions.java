// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.cluster;

import io.kurier.core.internal.config.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one topic of a command, and the serializer of its values, as a user names them by options. Immutable.
 *
 * @param topic the physical name
 * @param serializer the name of the serializer of its values
 * @param keys the serializer's own keys, each with the option that has set it
 */
public record TopicOptions(String topic, String serializer, Map<String, Option> keys) {
    /** The alias of the topic, which is a part of keys. */
    public static final String ALIAS = "topic";

    private static final String PREFIX = "topics." + ALIAS + ".";
    private static final String SERIALIZER = PREFIX + "value.serializer";

    /**
     * A value, and the option that it is from.
     *
     * @param value the value of a key
     * @param source the option as the user wrote it, without the value
     */
    public record Option(String value, String source) {}

    /** Copies the keys. */
    public TopicOptions {
        keys = Map.copyOf(keys);
    }

    /** Returns these options with some keys of the serializer, in place of those with a prefix. */
    TopicOptions replacing(String prefix, Map<String, String> others) {
        Map<String, Option> replaced = new LinkedHashMap<>(keys);
        replaced.keySet().removeIf(key -> key.equals(prefix) || key.startsWith(prefix + "."));
        others.forEach((key, value) -> replaced.put(key, new Option(value, "kurier")));
        return new TopicOptions(topic, serializer, replaced);
    }

    /** Returns the settings of a topic of this name whose values have this serializer. */
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting(PREFIX + "name", topic, "--topic"));
        settings.add(new Setting(SERIALIZER, serializer, "--serializer"));
        keys.forEach(
                (key, option) -> settings.add(new Setting(SERIALIZER + "." + key, option.value(), option.source())));
        return settings;
    }

    /** Returns a setting of the topic itself. */
    public static Setting setting(String key, String value, String source) {
        return new Setting(PREFIX + key, value, source);
    }
}
