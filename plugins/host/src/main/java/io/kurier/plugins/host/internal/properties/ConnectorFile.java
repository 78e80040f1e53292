// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.properties;

import io.kurier.Printable;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.Setting;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One connector's file, or its properties in code. Immutable.
 *
 * @param file the file's name, for messages; {@code code} if it is none
 * @param settings the settings by their keys
 */
record ConnectorFile(String file, Map<String, Setting> settings) {
    private static final String NAME = "name";
    private static final String CODE = "code";

    /**
     * Reads a file, and adds what is wrong with it as a file to the problems.
     *
     * @throws io.kurier.StartException if it cannot be read
     */
    static ConnectorFile read(Path path, Problems problems) {
        return of(path, PropertiesFile.read(path), problems);
    }

    /** Takes what was read of a file, and adds what is wrong with it as a file to the problems. */
    static ConnectorFile of(Path path, List<Setting> read, Problems problems) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (Setting setting : read) {
            String defect = setting.defect();
            if (defect != null) {
                problems.add(setting, defect);
            } else if (setting.key().isEmpty()) {
                problems.add(setting.source(), "a value without a key. Write key=value.");
                continue;
            }
            Setting earlier = settings.putIfAbsent(setting.key(), setting);
            if (earlier != null && !setting.key().isEmpty()) {
                problems.add(setting, "set twice, first in " + earlier.source() + ". Keep one of them.");
            }
        }
        String file = Printable.of(String.valueOf(path.getFileName()));
        ConnectorFile connector = new ConnectorFile(file, Collections.unmodifiableMap(settings));
        connector.check(problems);
        return connector;
    }

    /** Takes properties that code sets. */
    static ConnectorFile inCode(Map<String, String> properties) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        properties.forEach((key, value) -> settings.put(key, new Setting(key, value, CODE)));
        return new ConnectorFile(CODE, Collections.unmodifiableMap(settings));
    }

    /** Returns whether it is no file. */
    boolean isInCode() {
        return file.equals(CODE);
    }

    private void check(Problems problems) {
        if (isMissing(ConnectorFiles.CLASS)) {
            problems.add(
                    file,
                    "it has no " + ConnectorFiles.CLASS + ", so it is no connector's file. Set that to the name of the"
                            + " connector's class.");
        } else if (isMissing(NAME)) {
            problems.add(
                    file,
                    "it has no name. Set it: source offsets are stored under it, so a name that follows the file's"
                            + " would lose them when the file is renamed.");
        }
    }

    private boolean isMissing(String key) {
        Setting setting = settings.get(key);
        return setting == null || (setting.isUsable() && setting.value().isEmpty());
    }

    /** Returns whether the host can know the connector by its name and class. */
    boolean isComplete() {
        return List.of(NAME, ConnectorFiles.CLASS).stream()
                .noneMatch(key -> value(key).isEmpty());
    }

    /** Returns the connector's name; empty if there is none. */
    String name() {
        return value(NAME);
    }

    private String value(String key) {
        Setting setting = settings.get(key);
        return setting == null || !setting.isUsable() ? "" : setting.value();
    }

    /** Returns the properties, without those that cannot be read. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        settings.values().stream()
                .filter(Setting::isUsable)
                .forEach(setting -> properties.put(setting.key(), setting.value()));
        return properties;
    }

    /** Returns the file and the line of a key, or the file alone if the key is not set. */
    String source(String key) {
        Setting setting = settings.get(key);
        return setting == null ? file : setting.source();
    }
}
