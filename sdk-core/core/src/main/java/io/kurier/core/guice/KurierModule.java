// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.config.ConfigReader;
import io.kurier.core.config.Problems;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.Setting;
import io.kurier.core.metrics.PublisherMetrics;
import io.kurier.core.plugins.PluginCatalog;
import io.kurier.core.publish.RoutedPublisher;
import io.kurier.core.publish.Waits;
import io.kurier.core.route.RouteBuilder;
import io.kurier.core.route.Routes;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import java.util.Set;

/** Makes the {@link Publisher} from what {@link KurierBinder}s say: plugins, then routes, then the way to Kafka. */
public final class KurierModule extends AbstractModule {

    @Override
    protected void configure() {
        KurierBinder.of(binder()); // nothing said is an empty configuration, not a missing binding
        OptionalBinder.newOptionalBinder(binder(), TransportFactory.class)
                .setDefault()
                .to(KafkaConnection.class);
    }

    @Provides
    @Singleton
    PluginCatalog plugins(Set<SerializerPlugin> serializers, Set<PartitionerPlugin> partitioners) {
        return PluginCatalog.discover(serializers, partitioners);
    }

    @Provides
    @Singleton
    Plan plan(Set<Setting> settings, Set<Topic<?, ?>> topics, PluginCatalog plugins) {
        Problems problems = new Problems();
        PublisherConfig config =
                ConfigReader.read(settings, topics.stream().map(Topic::alias).toList(), problems);
        Routes routes = RouteBuilder.build(config, topics, plugins, problems);
        problems.throwIfAny();
        return new Plan(config, routes);
    }

    @Provides
    @Singleton
    Transport transport(Plan plan, TransportFactory factory) {
        try {
            return factory.connect(plan.config());
        } catch (StartException e) {
            throw plan.config().secrets().hide(e); // Kafka's words are in it
        }
    }

    @Provides
    @Singleton
    Publisher publisher(Plan plan, Transport transport, Set<PublishListener> listeners) {
        PublisherConfig config = plan.config();
        Waits waits = new Waits(config.maxWait(), config.closeTimeout());
        RoutedPublisher publisher =
                new RoutedPublisher(plan.routes(), transport, waits, listeners, PublisherMetrics.of(config));
        if (config.closeAtShutdown()) {
            publisher.closeAtShutdown();
        }
        return publisher;
    }
}
