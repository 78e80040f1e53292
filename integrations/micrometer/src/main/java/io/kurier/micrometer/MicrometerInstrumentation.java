// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import io.kurier.spi.Instrumentation;
import io.kurier.spi.PublishListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Objects;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Registers the meters of publishers with a Micrometer registry.
 *
 * <p>One object serves any number of publishers of one registry; two publishers at the same time need different {@code
 * client.id}s. When a publisher is closed, what was read from it and its producers is removed; the timers {@code
 * kurier.publish}, which keep their counts by themselves, stay. The registry is not closed. Safe for use by any number of
 * threads.
 *
 * <p>A message costs one {@code Timer.record}, on a thread of Kurier's own. Everything else is read when the registry is.
 */
public final class MicrometerInstrumentation implements Instrumentation {
    /**
     * The topics that get meters of their own. Only declared topics have a name in a tag, so no application reaches this
     * number by accident; the messages of further ones have the topic {@code (other)}.
     */
    public static final int MOST_TOPICS = 1_000;

    private final MeterRegistry registry;
    private final Tags tags;
    private final int mostTopics;
    private final BoundMeters bound;

    /**
     * Makes an instrumentation whose meters have no tags but Kurier's and Kafka's.
     *
     * @param registry gets the meters
     */
    public MicrometerInstrumentation(MeterRegistry registry) {
        this(registry, Tags.empty());
    }

    /**
     * Makes an instrumentation whose meters have further tags.
     *
     * @param registry gets the meters
     * @param tags of every meter
     */
    public MicrometerInstrumentation(MeterRegistry registry, Iterable<Tag> tags) {
        this(registry, Tags.of(Objects.requireNonNull(tags, "tags")), MOST_TOPICS);
    }

    MicrometerInstrumentation(MeterRegistry registry, Tags tags, int mostTopics) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.tags = tags;
        this.mostTopics = mostTopics;
        this.bound = new BoundMeters(registry, tags, mostTopics);
    }

    @Override
    public PublishListener listener(String clientId) {
        return new PublishTimers(registry, tags.and(MeterNames.CLIENT_ID, clientId), mostTopics);
    }

    @Override
    public MetricsReporter metricsReporter() {
        return new RegistryReporter(bound);
    }
}
