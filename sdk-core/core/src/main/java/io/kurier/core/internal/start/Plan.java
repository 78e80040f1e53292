// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.config.ConfigSources;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.FileContents;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.metrics.PublisherMetrics;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.publisher.RoutedPublisher;
import io.kurier.core.internal.rotation.CredentialRotation;
import io.kurier.core.internal.route.RouteBuilder;
import io.kurier.core.internal.route.Routes;
import io.kurier.core.internal.send.Observers;
import io.kurier.core.internal.time.Timeouts;
import io.kurier.core.transport.Transport;
import io.kurier.core.transport.TransportFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * All that is known before a connection is made: a configuration without problems, and the routes made from it.
 *
 * @param config the configuration
 * @param sources where it was read from
 * @param contents of the files that it was read from, if they are watched
 * @param plugins the plugins that it names, and others that were found
 * @param routes the routes of the topics
 */
public record Plan(
        PublisherConfig config, ConfigSources sources, FileContents contents, PluginCatalog plugins, Routes routes)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plan.class);

    /** After this time the first records wait, as they do for metadata. */
    private static final Duration MOST_PREPARING = Duration.ofSeconds(10);

    /**
     * Reads the settings and finds the plugins that they name.
     *
     * @throws StartException with everything that is wrong
     */
    public static Plan of(Collection<Setting> settings, Collection<DeclaredTopic> topics, BoundPlugins bound) {
        Problems problems = new Problems();
        List<String> aliases =
                topics.stream().map(declared -> declared.topic().alias()).toList();
        ConfigSources sources = new ConfigSources(settings, aliases);
        PublisherConfig config = sources.first(problems);
        FileContents contents =
                config.reloadFiles() ? FileContents.of(sources.files(config), FileContents.NONE) : FileContents.NONE;
        PluginCatalog plugins = PluginCatalog.discover(bound, config.pluginPath());
        plugins.faults()
                .forEach(fault -> LOG.atLevel(fault.isWarning() ? Level.INFO : Level.WARN)
                        .log("{}", config.secrets().hide(fault.toString())));
        Plan plan;
        try {
            plan = new Plan(config, sources, contents, plugins, RouteBuilder.build(config, topics, plugins, problems));
        } catch (Throwable e) {
            plugins.close();
            throw e;
        }
        return plan.orClosed(() -> {
            problems.throwIfAny();
            return plan;
        });
    }

    /**
     * Connects to Kafka and returns a publisher that is ready for messages. Closing the publisher closes the plan. If
     * this fails, all threads and connections that were made are released, the plan is unchanged, and the call can be
     * repeated.
     *
     * <p>The metrics are made first: a reporter that fails is detected before a topic is created.
     *
     * @throws StartException with everything that is wrong, and without secrets
     */
    public Publisher publisher(TransportFactory factory, Extensions extensions) {
        RunningPublishers.Names names =
                factory instanceof KafkaConnection ? RunningPublishers.enter(config) : RunningPublishers.Names.NONE;
        PublisherMetrics metrics = null;
        Transport transport = null;
        try {
            PublisherConfig used = config.with(extensions.instrumentations());
            metrics = PublisherMetrics.of(used);
            Observers observers = extensions.observers(metrics.clientId());
            transport = connect(factory, used);
            Preparation.run(routes, config, MOST_PREPARING);
            Timeouts waits = new Timeouts(
                    config.maxWait(),
                    config.closeTimeout(),
                    config.healthGrace().plus(config.linger()),
                    config.longestOpen().multipliedBy(2));
            CredentialRotation rotation =
                    new CredentialRotation(sources, used, contents, transport, ThreadMaker.DAEMONS);
            RoutedPublisher publisher = new RoutedPublisher(
                    routes, transport, rotation, waits, config.transactions(), observers, metrics, () -> {
                        close();
                        names.close();
                    });
            rotation.begin();
            if (config.closeAtShutdown()) {
                publisher.closeAtShutdown();
            }
            return publisher;
        } catch (Throwable e) {
            if (transport != null) {
                close(transport);
            }
            if (metrics != null) {
                metrics.close();
            }
            names.close();
            throw e;
        }
    }

    private Transport connect(TransportFactory factory, PublisherConfig used) {
        try {
            return factory.connect(used);
        } catch (StartException e) {
            throw factory instanceof KafkaConnection
                    ? config.secrets().hideInCauses(e)
                    : config.secrets().hide(e); // the message of an application's own factory
        }
    }

    private static void close(Transport transport) {
        try {
            transport.close(Duration.ZERO);
        } catch (Throwable e) { // the failure of the start is the one to report
            SafeLogger.warn(LOG, e, "the way to Kafka cannot be closed after a start that failed");
        }
    }

    /**
     * Starts a publisher as {@link #publisher} does; if that fails, the plan is closed.
     *
     * @throws StartException with everything that is wrong, and without secrets
     */
    public Publisher start(TransportFactory factory, Extensions extensions) {
        return orClosed(() -> publisher(factory, extensions));
    }

    /** Runs a step that is not repeated: if it fails, the plan is closed. */
    private <T> T orClosed(Supplier<T> step) {
        try {
            return step.get();
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /**
     * Closes the objects that plugins have made, and then the jars of plugins, since those objects may need another
     * class to close.
     */
    @Override
    public void close() {
        routes.close();
        plugins.close();
    }
}
