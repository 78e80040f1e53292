// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.cli.cluster.TopicOptions;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.PluginChoice;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Secrets;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.config.Suggestion;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.plugins.PluginCloser;
import io.kurier.core.internal.plugins.PluginMaker;
import io.kurier.core.internal.plugins.PluginNotFoundException;
import io.kurier.spi.Metered;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.Preparable;
import io.kurier.spi.RecordPartitioner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The partitioners that options name, each made with those of the given keys that it has. Used by one thread. */
public final class NamedPartitioners implements AutoCloseable {
    private static final String PARTITIONER = "partitioner";
    private static final String SET = "--set";

    /** As long as the start of a publisher waits. */
    private static final long MOST_SECONDS_OF_PREPARATION = 10;

    private final PluginCatalog plugins;
    private final String topic;
    private final List<RecordPartitioner> made = new ArrayList<>();
    private final List<NamedPartitioner> all = new ArrayList<>();

    /**
     * A partitioner that a user chooses.
     *
     * @param name its name or alias
     * @param option the option that names it
     */
    public record Choice(String name, String option) {}

    private NamedPartitioners(PluginCatalog plugins, String topic) {
        this.plugins = plugins;
        this.topic = topic;
    }

    /**
     * Finds and makes partitioners. A partitioner that two choices name is made twice.
     *
     * @param path the folders of plugins, in addition to the class path
     * @param topic the name of the topic in the records that they get
     * @param choices one or more
     * @param keys the values of keys; each goes to all partitioners that define it
     * @throws StartException if there is no such partitioner, no partitioner has one of the keys, or it cannot be made
     */
    public static NamedPartitioners of(PluginPath path, String topic, List<Choice> choices, Map<String, String> keys) {
        NamedPartitioners named = new NamedPartitioners(PluginCatalog.discover(BoundPlugins.NONE, path), topic);
        try {
            named.make(choices, keys);
            return named;
        } catch (RuntimeException | Error e) {
            named.close();
            throw e;
        }
    }

    /** Returns the partitioners, in the order of the choices. */
    public List<NamedPartitioner> all() {
        return all;
    }

    private void make(List<Choice> choices, Map<String, String> keys) {
        Map<String, String> unclaimed = new LinkedHashMap<>(keys);
        Set<String> known = new TreeSet<>();
        List<Map<String, String>> claimed = new ArrayList<>();
        for (Choice choice : choices) {
            PartitionerPlugin plugin = plugin(choice, keys.keySet());
            Set<String> names = keys.isEmpty() ? Set.of() : keysOf(choice, plugin);
            Map<String, String> own = new LinkedHashMap<>(keys);
            own.keySet().retainAll(names);
            claimed.add(own);
            unclaimed.keySet().removeAll(names);
            known.addAll(names);
        }
        for (String key : unclaimed.keySet()) {
            throw new StartException(unknown(key, choices, known), null);
        }
        for (int i = 0; i < choices.size(); i++) {
            add(choices.get(i), claimed.get(i));
        }
    }

    private PartitionerPlugin plugin(Choice choice, Set<String> keys) {
        try {
            return plugins.partitioner(choice.name(), keys);
        } catch (PluginNotFoundException e) {
            throw new StartException(choice.option() + ": " + e.getMessage(), e);
        }
    }

    private Set<String> keysOf(Choice choice, PartitionerPlugin plugin) {
        try {
            return plugin.configDef().names();
        } catch (Throwable e) { // an Error too, and what a plugin throws undeclared
            throw new StartException(
                    choice.option() + " " + Printable.brief(choice.name()) + ": the keys of this partitioner in "
                            + plugins.origin(plugin) + " are not known: " + ThrowableText.of(e),
                    e);
        }
    }

    private static String unknown(String key, List<Choice> choices, Set<String> known) {
        List<String> names = choices.stream()
                .map(choice -> Printable.brief(choice.name()))
                .distinct()
                .toList();
        return SET + " " + Printable.brief(key) + ": "
                + (names.size() == 1
                        ? "the partitioner " + names.get(0) + " has no such key."
                        : "neither partitioner has such a key, " + String.join(" or ", names) + ".")
                + Suggestion.question(key, known)
                + (known.isEmpty() ? " It has no keys." : " Keys: " + String.join(", ", known) + ".");
    }

    private void add(Choice choice, Map<String, String> keys) {
        List<Setting> settings = new ArrayList<>();
        // a publisher needs an address; nothing is contacted
        settings.add(new Setting("bootstrap.servers", "127.0.0.1:9092", "kurier partition"));
        settings.add(TopicOptions.setting("name", topic, "--topic"));
        settings.add(TopicOptions.setting(PARTITIONER, choice.name(), choice.option()));
        keys.forEach((key, value) -> settings.add(TopicOptions.setting(PARTITIONER + "." + key, value, SET)));
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(settings, List.of(TopicOptions.ALIAS), problems);
        problems.throwIfAny();
        PluginChoice configured = Objects.requireNonNull(config.topics().get(0).partitioner(), "the settings name it");
        PluginMaker maker = new PluginMaker(config, plugins, problems);
        RecordPartitioner partitioner = maker.made(
                PARTITIONER,
                configured,
                maker.partitioners(configured),
                (plugin, parsed) -> metered(plugin.partitioner(
                        new PartitionerSettings(configured.name(), TopicOptions.ALIAS, topic, parsed))));
        problems.throwIfAny();
        Objects.requireNonNull(partitioner, "no problem is reported");
        made.add(partitioner);
        if (partitioner instanceof Preparable preparable) {
            prepare(
                    choice.option() + " " + Printable.brief(choice.name()) + ": this partitioner ",
                    preparable,
                    config.secrets());
        }
        all.add(new NamedPartitioner(choice.name(), topic, partitioner));
    }

    /** A publisher passes on its metrics before the first record; here they are not exposed. */
    private static RecordPartitioner metered(RecordPartitioner partitioner) {
        if (partitioner instanceof Metered metered) {
            metered.withPluginMetrics((name, description, tags, value) -> () -> {});
        }
        return partitioner;
    }

    /** Waits for what the partitioner requests before the first record, as the start of a publisher does. */
    private static void prepare(String subject, Preparable preparable, Secrets secrets) {
        try {
            Object unused =
                    preparable.prepare().toCompletableFuture().get(MOST_SECONDS_OF_PREPARATION, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(subject + "was interrupted before it was ready", e);
        } catch (TimeoutException e) {
            throw new StartException(
                    subject + "is not ready after " + MOST_SECONDS_OF_PREPARATION
                            + " s; check the server that it needs",
                    e);
        } catch (Throwable e) { // an Error too, and what a plugin throws undeclared
            Throwable failure = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new StartException(
                    subject + "cannot be prepared: " + secrets.hide(ThrowableText.reason(failure)), failure);
        }
    }

    @Override
    public void close() {
        made.forEach(each -> PluginCloser.of("the partitioner", TopicOptions.ALIAS, each::close));
        plugins.close();
    }
}
