// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.start.Plan;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.internal.properties.ConnectorFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins the configuration of a publisher with what connectors declare, and checks both. Used by one thread. */
public final class ConnectorConfig {
    private static final String TOPICS = "topics";
    private static final String PLUGIN_PATH = "plugin.path";
    private static final String PLUGIN_PINS = "plugin.sha256";

    private final ConnectorFiles files;
    private final List<Setting> settings;
    private final List<DeclaredTopic> topics;
    private final Set<String> problems;
    private List<ResolvedKey> connectorKeys = List.of();

    private ConnectorConfig(ConnectorFiles files, Collection<Setting> settings, Collection<DeclaredTopic> topics) {
        this.files = files;
        this.settings = new ArrayList<>(settings);
        this.topics = new ArrayList<>(topics);
        this.problems = new LinkedHashSet<>(files.problems());
    }

    /**
     * A configuration without problems.
     *
     * @param plan the publisher's, to be started or closed
     * @param connectorKeys each key of the connectors, with its file and line
     */
    public record Checked(Plan plan, List<ResolvedKey> connectorKeys) {}

    /**
     * Checks everything that can be wrong before a broker is contacted.
     *
     * @param files the connectors'
     * @param settings the publisher's
     * @param topics other topics that are declared
     * @throws StartException with everything that is wrong with the files and the settings
     */
    public static Checked check(ConnectorFiles files, Collection<Setting> settings, Collection<DeclaredTopic> topics) {
        return new ConnectorConfig(files, settings, topics).check();
    }

    private Checked check() {
        List<Map<String, String>> connectors = files.properties();
        String folders = pluginPath(settings);
        if (folders != null) {
            settings.stream()
                    .filter(setting -> setting.key().equals(PLUGIN_PINS))
                    .map(setting -> setting + ": the plugins of connectors in " + PLUGIN_PATH
                            + " are loaded whatever their digests are. Remove the key, and let no other user write to the"
                            + " folders.")
                    .forEach(problems::add);
        }
        try {
            connectorKeys = (folders == null
                            ? ConnectorHost.check(connectors)
                            : ConnectorHost.check(connectors, folders))
                    .stream().map(this::withSource).toList();
        } catch (StartException e) {
            add(e);
        }
        try {
            declare(derived(connectors, folders));
        } catch (StartException e) {
            add(e);
            declareSingly(connectors, folders);
        }
        Plan plan = null;
        try {
            plan = Plan.of(settings, topics, BoundPlugins.NONE);
        } catch (StartException e) {
            problems.addAll(e.problems());
        }
        if (plan == null) {
            throw new StartException(List.copyOf(problems), null);
        }
        if (!problems.isEmpty()) {
            plan.close();
            throw new StartException(List.copyOf(problems), null);
        }
        return new Checked(plan, connectorKeys);
    }

    /**
     * Returns the folders of plugins that settings name in {@code plugin.path}; null if they name none, or it cannot be
     * used, which the publisher reports.
     */
    public static @Nullable String pluginPath(Collection<Setting> settings) {
        try {
            return ConfigReader.provided(settings, PLUGIN_PATH::equals).stream()
                    .filter(setting -> setting.isUsable() && !setting.value().isBlank())
                    .map(Setting::value)
                    .filter(folders -> !ConfigReader.pluginPath(List.of(new Setting(PLUGIN_PATH, folders, "")))
                            .folders()
                            .isEmpty())
                    .findFirst()
                    .orElse(null);
        } catch (StartException e) {
            return null;
        }
    }

    private static Map<String, String> derived(List<Map<String, String>> connectors, @Nullable String folders) {
        return folders == null ? HostTopics.declare(connectors) : HostTopics.declare(connectors, folders);
    }

    /** Declares what can be declared, so that the publisher does not miss the topics of a connector that is right. */
    private void declareSingly(List<Map<String, String>> connectors, @Nullable String folders) {
        for (Map<String, String> connector : connectors) {
            try {
                declare(derived(List.of(connector), folders));
            } catch (StartException e) {
                add(e);
            }
        }
    }

    private void add(StartException found) {
        found.problems().stream().map(files::located).forEach(problems::add);
    }

    private ResolvedKey withSource(ResolvedKey key) {
        String connector = key.section().substring(key.section().indexOf(' ') + 1);
        return key.source().equals("code")
                ? new ResolvedKey(
                        key.section(), key.key(), key.value(), files.source(connector, key.key()), key.plugin())
                : key;
    }

    /** Adds derived keys. A key that the publisher's configuration has too must have the same value there. */
    private void declare(Map<String, String> derived) {
        String listed = derived.getOrDefault(TOPICS, "");
        List<String> names = listed.isEmpty() ? List.of() : List.of(listed.split(","));
        for (String name : names) {
            if (topics.stream().noneMatch(known -> known.topic().alias().equals(name))) {
                topics.add(new DeclaredTopic(
                        Topic.of(name, Object.class, Object.class), files.sourceOfDerived(name, "topic")));
            }
        }
        Map<String, Setting> known = new HashMap<>();
        settings.forEach(setting -> known.putIfAbsent(setting.key(), setting));
        derived.forEach((key, value) -> {
            if (key.equals(TOPICS)) {
                return;
            }
            String topic = names.stream()
                    .filter(name -> key.startsWith(TOPICS + "." + name + "."))
                    .max((one, other) -> one.length() - other.length()) // a name may begin with another and a dot
                    .orElse("");
            Setting setting = new Setting(key, value, files.sourceOfDerived(topic, key));
            Setting other = known.get(key);
            if (other == null) {
                settings.add(setting);
            } else {
                checkSame(other, setting);
            }
        });
    }

    private void checkSame(@Nullable Setting ofPublisher, Setting ofConnector) {
        if (ofPublisher == null
                || !ofPublisher.isUsable()
                || ofPublisher.value().contains("${")) {
            return; // it is reported already, or a config provider decides
        }
        if (!ofPublisher.value().strip().equals(ofConnector.value().strip())) {
            problems.add(ofPublisher + ": it is " + ofPublisher.quoted() + " here and " + ofConnector.quoted() + " by "
                    + ofConnector.source() + ". Set both to the same, or remove one of them.");
        }
    }
}
