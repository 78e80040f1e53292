// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.start;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.config.ConfigReader;
import io.kurier.core.config.Problems;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.Setting;
import io.kurier.core.metrics.PublisherMetrics;
import io.kurier.core.plugins.BoundPlugins;
import io.kurier.core.plugins.PluginCatalog;
import io.kurier.core.publish.RoutedPublisher;
import io.kurier.core.publish.Waits;
import io.kurier.core.route.DeclaredTopic;
import io.kurier.core.route.RouteBuilder;
import io.kurier.core.route.Routes;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.PublishListener;
import java.util.Collection;
import java.util.List;

/**
 * All that is known before anything is connected: a configuration without problems, and the routes made from it.
 *
 * @param config the configuration
 * @param plugins what it names, and others that were found
 * @param routes the way of each topic's messages
 */
public record Plan(PublisherConfig config, PluginCatalog plugins, Routes routes) {

    /**
     * Reads the settings and finds the plugins that they name.
     *
     * @throws StartException with everything that is wrong
     */
    public static Plan of(Collection<Setting> settings, Collection<DeclaredTopic> topics, BoundPlugins bound) {
        Problems problems = new Problems();
        List<String> aliases =
                topics.stream().map(declared -> declared.topic().alias()).toList();
        PublisherConfig config = ConfigReader.read(settings, aliases, problems);
        PluginCatalog plugins = PluginCatalog.discover(bound);
        Routes routes = RouteBuilder.build(config, topics, plugins, problems);
        problems.throwIfAny();
        return new Plan(config, plugins, routes);
    }

    /**
     * Opens the way to Kafka.
     *
     * @throws StartException with everything that is wrong, and without secrets
     */
    public Transport connect(TransportFactory factory) {
        try {
            return factory.connect(config);
        } catch (StartException e) {
            throw config.secrets().hide(e); // Kafka's words are in it
        }
    }

    /** The publisher over that way, ready for messages. */
    public Publisher publisher(Transport transport, Collection<PublishListener> listeners) {
        Waits waits = new Waits(config.maxWait(), config.closeTimeout());
        RoutedPublisher publisher = new RoutedPublisher(
                routes, transport, waits, config.transactions(), listeners, PublisherMetrics.of(config));
        if (config.closeAtShutdown()) {
            publisher.closeAtShutdown();
        }
        return publisher;
    }
}
