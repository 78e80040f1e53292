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
import io.kurier.core.internal.start.KafkaConnection;
import io.kurier.core.internal.start.Plan;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link Publisher} from what {@link KurierBinder}s say: plugins, then routes, then the way to Kafka. All that
 * can be wrong before something connects is an error of the injector's creation; the publisher connects when it is first
 * asked for. In {@code Stage.PRODUCTION} Guice asks for all singletons while the injector is created, so it connects then, once.
 *
 * <p>Works with each of Guice's strict options ({@code requireAtInjectOnConstructors}, {@code requireExplicitBindings}, {@code
 * requireExactBindingAnnotations}, {@code disableCircularProxies}), in private modules and in child injectors.
 */
public final class KurierModule extends AbstractModule {

    /**
     * One publisher of several in an injector, under {@code @Named(name) Publisher}. Its topics can be injected as
     * {@link io.kurier.TopicPublisher}s as well; all else that the modules bind is private to it.
     *
     * @param name tells it from the others; it is also the {@code publisher.name}, unless a module sets that
     * @param modules say by {@link KurierBinder}s what this publisher is like
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
        KurierBinder.of(binder()); // nothing said is an empty configuration, not a missing binding
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
                        getProvider(Key.get(new TypeLiteral<Set<PublishListener>>() {}))))
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

    /** All are alike: one that several modules install is installed once. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KurierModule;
    }

    @Override
    public int hashCode() {
        return KurierModule.class.hashCode();
    }
}
