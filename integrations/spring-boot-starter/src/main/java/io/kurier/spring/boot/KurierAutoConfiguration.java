// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.Instrumentation;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;

/** Adds a publisher to the beans of an application, unless it has one or {@code kurier.enabled} is {@code false}. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "kurier.enabled", matchIfMissing = true)
public final class KurierAutoConfiguration {

    /** Started with the context, also if other beans are lazy; closed with it, within {@code close.timeout.ms}. */
    @Bean(destroyMethod = "close")
    @Lazy(false)
    @ConditionalOnMissingBean(Publisher.class)
    Publisher publisher(
            ConfigurableEnvironment environment,
            ObjectProvider<Topic<?, ?>> topics,
            ObjectProvider<PublishListener> listeners,
            ObjectProvider<Instrumentation> instrumentations,
            ObjectProvider<SerializerPlugin> serializers,
            ObjectProvider<FramingPlugin> framings,
            ObjectProvider<PartitionerPlugin> partitioners,
            ObjectProvider<GuardPlugin> guards,
            ObjectProvider<TransportFactory> transport,
            ObjectProvider<KurierBuilderCustomizer> customizers) {
        KurierBuilder builder = Kurier.builder();
        EnvironmentKeys.of(environment).addTo(builder);
        topics.orderedStream().forEach(builder::topics);
        listeners.orderedStream().forEach(builder::listener);
        instrumentations.orderedStream().forEach(builder::instrumentation);
        serializers.orderedStream().forEach(builder::serializer);
        framings.orderedStream().forEach(builder::framing);
        partitioners.orderedStream().forEach(builder::partitioner);
        guards.orderedStream().forEach(builder::guard);
        transport.ifAvailable(builder::transport);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.start();
    }
}
