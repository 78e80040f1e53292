// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.kurier.Publisher;
import io.kurier.core.config.Setting;
import io.kurier.core.plugins.BoundPlugins;
import io.kurier.core.route.DeclaredTopic;
import io.kurier.core.start.KafkaConnection;
import io.kurier.core.start.Plan;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.GuardPlugin;
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
    BoundPlugins plugins(
            Set<SerializerPlugin> serializers, Set<PartitionerPlugin> partitioners, Set<GuardPlugin> guards) {
        return new BoundPlugins(serializers, partitioners, guards);
    }

    @Provides
    @Singleton
    Plan plan(Set<Setting> settings, Set<DeclaredTopic> topics, BoundPlugins plugins) {
        return Plan.of(settings, topics, plugins);
    }

    @Provides
    @Singleton
    Transport transport(Plan plan, TransportFactory factory) {
        return plan.connect(factory);
    }

    @Provides
    @Singleton
    Publisher publisher(Plan plan, Transport transport, Set<PublishListener> listeners) {
        return plan.publisher(transport, listeners);
    }
}
