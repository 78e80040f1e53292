// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.Topic;
import io.kurier.core.config.ConfigReader;
import io.kurier.core.config.Problems;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.Setting;
import io.kurier.core.metrics.PublisherMetrics;
import io.kurier.core.plugins.PluginCatalog;
import io.kurier.core.route.RouteBuilder;
import io.kurier.core.route.Routes;
import io.kurier.core.transport.Transport;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Publishers of two text topics over a transport of a test's own. */
final class ScriptedPublishers {
    static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    static final Topic<String, String> OTHER = Topic.of("other", String.class, String.class);

    private ScriptedPublishers() {}

    static RoutedPublisher over(Transport transport, PublishListener... listeners) {
        Map<String, String> keys = Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "topics", "one,other",
                "topics.one.value.serializer", "text",
                "topics.other.value.serializer", "text");
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(
                keys.entrySet().stream()
                        .map(entry -> new Setting(entry.getKey(), entry.getValue(), "test"))
                        .toList(),
                List.of(),
                problems);
        Routes routes = RouteBuilder.build(config, List.of(), PluginCatalog.discover(), problems);
        problems.throwIfAny();
        return new RoutedPublisher(
                routes,
                transport,
                new Waits(Duration.ofSeconds(10), Duration.ofSeconds(5)),
                List.of(listeners),
                new PublisherMetrics("scripted", List.of()));
    }
}
