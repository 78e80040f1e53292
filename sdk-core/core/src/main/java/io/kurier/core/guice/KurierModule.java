// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.OptionalBinder;
import io.kurier.Publisher;
import io.kurier.core.internal.config.Arguments;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.start.Extensions;
import io.kurier.core.internal.start.KafkaConnection;
import io.kurier.core.internal.start.Plan;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.Instrumentation;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link Publisher} from the settings of {@link KurierBinder}s: plugins, then routes, then the connection to
 * Kafka. Everything that can be wrong before the connection is an error of the injector's creation. The publisher
 * connects when it is first requested. In {@code Stage.PRODUCTION} Guice makes all singletons while the injector is
 * created, so it connects then, once.
 *
 * <p>Works with each of Guice's strict options ({@code requireAtInjectOnConstructors}, {@code requireExplicitBindings},
 * {@code requireExactBindingAnnotations}, {@code disableCircularProxies}), in private modules and in child injectors.
 */
public final class KurierModule extends AbstractModule {

    /**
     * Returns a module for one of several publishers in an injector, under {@code @Named(name) Publisher}. Its topics
     * can be injected as {@link io.kurier.TopicPublisher}s as well; all other bindings of the modules are private to
     * it.
     *
     * @param name distinguishes it from the others; it is also the {@code publisher.name}, unless a module sets that
     * @param modules configure this publisher by {@link KurierBinder}s
     */
    public static Module named(String name, Module... modules) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name: a publisher's name must not be blank");
        }
        Arguments.checkElements("modules", modules);
        List<Module> all = new ArrayList<>(List.of(modules));
        all.add(new KurierModule());
        return new NamedPublisher(name, all);
    }

    @Override
    protected void configure() {
        KurierBinder.of(binder()); // without any settings this is an empty configuration, not a missing binding
        OptionalBinder.newOptionalBinder(binder(), TransportFactory.class)
                .setDefault()
                .toInstance(new KafkaConnection());
        bind(Plan.class)
                .toProvider(new PlanProvider(
                        getProvider(Injector.class),
                        getProvider(Key.get(new TypeLiteral<Set<DeclaredTopic>>() {})),
                        getProvider(BoundPlugins.class)))
                .asEagerSingleton();
        bind(Publisher.class)
                .toProvider(new PublisherProvider(
                        currentStage(),
                        getProvider(Plan.class),
                        getProvider(TransportFactory.class),
                        getProvider(Extensions.class)))
                .in(Singleton.class);
    }

    @Provides
    @Singleton
    BoundPlugins plugins(
            Set<SerializerPlugin> serializers,
            Set<PartitionerPlugin> partitioners,
            Set<GuardPlugin> guards,
            Set<FramingPlugin> framings) {
        return new BoundPlugins(serializers, partitioners, guards, framings);
    }

    @Provides
    Extensions extensions(Set<PublishListener> listeners, Set<Instrumentation> instrumentations) {
        return new Extensions(listeners, instrumentations);
    }

    /** All instances are equal: if several modules install one, it is installed once. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KurierModule;
    }

    @Override
    public int hashCode() {
        return KurierModule.class.hashCode();
    }
}
