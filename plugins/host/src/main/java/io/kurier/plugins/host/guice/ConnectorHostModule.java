// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.internal.config.Arguments;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.Setting;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.OffsetStorage;
import io.kurier.plugins.host.internal.properties.ConnectorFiles;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link ConnectorHost} for the {@link Publisher} of {@link io.kurier.core.guice.KurierModule}, and declares the
 * topics of its connectors, and what {@link HostTopics} derives for them, to that publisher. A key that another module
 * sets too is reported by Guice, with both places.
 *
 * <p>What is wrong with the connectors is an error of the injector's creation. They start when the host is first
 * requested; in {@code Stage.PRODUCTION} Guice makes all singletons while the injector is created, so they start then.
 * The caller closes the host before the publisher.
 *
 * <p>The host calls the {@link HostListener} and keeps its offsets in the {@link OffsetStorage} that a module binds by
 * an {@code OptionalBinder}:
 *
 * <pre>{@code
 * OptionalBinder.newOptionalBinder(binder(), OffsetStorage.class)
 *         .setBinding()
 *         .toInstance(OffsetStorage.inFile(Path.of("kurier.offsets")));
 * }</pre>
 *
 * <p>By default nothing is called, and offsets are kept in memory.
 */
public final class ConnectorHostModule extends AbstractModule {
    private static final String TOPICS = "topics";

    private final ConnectorFiles connectors;
    private final @Nullable String pluginPath;

    private ConnectorHostModule(ConnectorFiles connectors, @Nullable String pluginPath) {
        this.connectors = connectors;
        this.pluginPath = pluginPath;
    }

    /**
     * Returns a module for connectors with their properties in files, as a Connect worker takes them. A file that
     * cannot be read is an error of the injector's creation.
     */
    public static ConnectorHostModule of(Path... files) {
        Arguments.checkElements("files", files);
        return new ConnectorHostModule(ConnectorFiles.read(List.of(files)), null);
    }

    /** Returns a module for connectors with these properties. */
    public static ConnectorHostModule of(List<Map<String, String>> properties) {
        Objects.requireNonNull(properties, "properties");
        properties.forEach(ofOne -> Arguments.checkKeys("properties", ofOne));
        return new ConnectorHostModule(ConnectorFiles.inCode(properties), null);
    }

    /**
     * Returns a module for the same connectors, with plugins in folders too.
     *
     * @param folders as for {@link io.kurier.plugins.host.ConnectorHostBuilder#pluginPath}
     */
    public ConnectorHostModule withPluginPath(String folders) {
        return new ConnectorHostModule(connectors, Objects.requireNonNull(folders, "folders"));
    }

    @Override
    protected void configure() {
        KurierBinder unused = KurierBinder.of(binder()); // reports a missing KurierModule
        Set<String> problems = new LinkedHashSet<>(connectors.problems());
        List<Map<String, String>> properties = connectors.properties();
        try {
            List<ResolvedKey> checked =
                    pluginPath == null ? ConnectorHost.check(properties) : ConnectorHost.check(properties, pluginPath);
        } catch (StartException e) {
            e.problems().stream().map(connectors::located).forEach(problems::add);
        }
        try {
            declare(pluginPath == null ? HostTopics.declare(properties) : HostTopics.declare(properties, pluginPath));
        } catch (StartException e) {
            e.problems().stream().map(connectors::located).forEach(problems::add);
        }
        problems.forEach(problem -> binder().addError("%s", problem));
        OptionalBinder.newOptionalBinder(binder(), HostListener.class)
                .setDefault()
                .toInstance(HostListener.NONE);
        OptionalBinder.newOptionalBinder(binder(), OffsetStorage.class)
                .setDefault()
                .toInstance(OffsetStorage.inMemory());
        bind(ConnectorHost.class)
                .toProvider(new ConnectorHostProvider(
                        properties,
                        pluginPath,
                        getProvider(Publisher.class),
                        getProvider(HostListener.class),
                        getProvider(OffsetStorage.class)))
                .in(Singleton.class);
    }

    private void declare(Map<String, String> derived) {
        String listed = derived.getOrDefault(TOPICS, "");
        List<String> names = listed.isEmpty() ? List.of() : List.of(listed.split(","));
        Multibinder<DeclaredTopic> topics =
                Multibinder.newSetBinder(binder(), DeclaredTopic.class).permitDuplicates();
        for (String name : names) {
            topics.addBinding()
                    .toInstance(new DeclaredTopic(
                            Topic.of(name, Object.class, Object.class), connectors.sourceOfDerived(name, "topic")));
        }
        derived.forEach((key, value) -> {
            if (!key.equals(TOPICS)) {
                String topic = names.stream()
                        .filter(name -> key.startsWith(TOPICS + "." + name + "."))
                        .max(Comparator.comparingInt(String::length)) // a name may begin with another and a dot
                        .orElse("");
                String source = connectors.sourceOfDerived(topic, key);
                binder().withSource(source)
                        .bind(Key.get(Setting.class, Names.named(key)))
                        .toInstance(new Setting(key, value, source));
            }
        });
    }
}
