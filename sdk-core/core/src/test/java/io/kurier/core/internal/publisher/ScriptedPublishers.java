// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.Topic;
import io.kurier.core.internal.completion.MonitorIntervals;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.config.ConfigSources;
import io.kurier.core.internal.config.FileContents;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.config.TransactionConfig;
import io.kurier.core.internal.metrics.PublisherMetrics;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.rotation.CredentialRotation;
import io.kurier.core.internal.route.RouteBuilder;
import io.kurier.core.internal.route.Routes;
import io.kurier.core.internal.send.Observers;
import io.kurier.core.internal.time.Timeouts;
import io.kurier.core.transport.Transport;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishers over a transport of a test's own. */
final class ScriptedPublishers {
    static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    static final Topic<String, String> OTHER = Topic.of("other", String.class, String.class);

    private static final Map<String, String> TWO_TOPICS = Map.of(
            "topics", "one,other", "topics.one.value.serializer", "text", "topics.other.value.serializer", "text");

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration STANDSTILL = Duration.ofMinutes(5);

    private ScriptedPublishers() {}

    /** With two topics of text. */
    static RoutedPublisher over(Transport transport, PublishListener... listeners) {
        return over(transport, TWO_TOPICS, Duration.ofSeconds(10), listeners);
    }

    /**
     * With topics of the test's own.
     *
     * @param room how long {@code publish} may wait for room
     */
    static RoutedPublisher over(
            Transport transport, Map<String, String> topics, Duration room, PublishListener... listeners) {
        return new RoutedPublisher(
                routes(topics),
                transport,
                rotation(transport),
                new Timeouts(room, Duration.ofSeconds(5), GRACE, STANDSTILL),
                new TransactionConfig(null, null, "scripted", 1, Duration.ofSeconds(5), 2),
                Observers.of(listeners),
                new PublisherMetrics("scripted", List.of()),
                () -> {});
    }

    /** With two topics of text, transactions, and a monitor and threads of the test's own. */
    static RoutedPublisher watched(
            Transport transport, MonitorIntervals times, ThreadMaker threads, PublishListener... listeners) {
        return new RoutedPublisher(
                routes(TWO_TOPICS),
                transport,
                rotation(transport),
                new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5), GRACE, STANDSTILL),
                new TransactionConfig("app", null, "scripted", 1, Duration.ofSeconds(5), 2),
                Observers.of(listeners),
                new PublisherMetrics("scripted", List.of()),
                () -> {},
                times,
                threads);
    }

    private static CredentialRotation rotation(Transport transport) {
        ConfigSources sources = sources(Map.of());
        return new CredentialRotation(sources, sources.again(), FileContents.NONE, transport, ThreadMaker.DAEMONS);
    }

    private static ConfigSources sources(Map<String, String> topics) {
        Map<String, String> keys = new HashMap<>(topics);
        keys.put("bootstrap.servers", "127.0.0.1:1");
        return new ConfigSources(
                keys.entrySet().stream()
                        .map(entry -> new Setting(entry.getKey(), entry.getValue(), "test"))
                        .toList(),
                List.of());
    }

    private static Routes routes(Map<String, String> topics) {
        Problems problems = new Problems();
        PublisherConfig config = sources(topics).first(problems);
        Routes routes = RouteBuilder.build(config, List.of(), PluginCatalog.discover(), problems);
        problems.throwIfAny();
        return routes;
    }
}
