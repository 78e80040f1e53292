// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.StartException;
import io.kurier.core.Kurier;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.contact.StartAdmin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A configuration of topics, written down as in a file, for tests. */
final class Declared {
    private final List<Setting> settings = new ArrayList<>();

    private Declared() {}

    /** The lines of a file {@code kurier.properties} with the address of a broker in its first line. */
    static Declared at(String bootstrap, String... lines) {
        Declared declared = new Declared();
        declared.line("bootstrap.servers=" + bootstrap);
        for (String line : lines) {
            declared.line(line);
        }
        return declared;
    }

    /** Topics that have nothing declared but their names. */
    static Declared topics(String bootstrap, String management, String... names) {
        Declared declared = at(bootstrap, "topics.management=" + management, "topics=" + String.join(",", names));
        for (String name : names) {
            declared.line("topics." + name + ".value.serializer=text");
        }
        return declared;
    }

    Declared line(String line) {
        int equals = line.indexOf('=');
        settings.add(new Setting(
                line.substring(0, equals),
                line.substring(equals + 1).strip(),
                "kurier.properties:" + (settings.size() + 1)));
        return this;
    }

    /** Keys of one topic. */
    Declared topic(String alias, String... lines) {
        for (String line : lines) {
            line("topics." + alias + "." + line);
        }
        return this;
    }

    PublisherConfig config() {
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(settings, List.of(), problems);
        problems.throwIfAny();
        return config;
    }

    /** A whole publisher, and its end. */
    void startAndClose() {
        Map<String, String> keys = new LinkedHashMap<>();
        settings.forEach(setting -> keys.put(setting.key(), setting.value()));
        Kurier.start(keys).close();
    }

    /**
     * How many partitions the topics have.
     *
     * @throws StartException if they cannot be brought in line
     */
    Map<String, Integer> establish() {
        PublisherConfig config = config();
        try (StartAdmin admin = new StartAdmin(config)) {
            return TopicContract.establish(config, admin, () -> {}).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, topic -> topic.getValue().partitions()));
        }
    }
}
