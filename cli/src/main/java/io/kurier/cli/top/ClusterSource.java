// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.top;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.topics.TopicMeter;
import io.kurier.core.internal.topics.TopicPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads the positions of a cluster's topics: of those that a configuration declares, or all. */
public final class ClusterSource implements TopSource {
    private static final String FOOTER =
            "records/s by end offsets, MB/s by the logs of leaders; the other columns are those of a publisher, which"
                    + " --jmx shows";

    private final PublisherConfig config;
    private final TopicMeter meter;
    private final List<String> declared;

    private ClusterSource(PublisherConfig config, TopicMeter meter, List<String> declared) {
        this.config = config;
        this.meter = meter;
        this.declared = declared;
    }

    /**
     * Connects to a cluster.
     *
     * @throws StartException if no broker responds, or one refuses the log-in
     */
    public static ClusterSource connect(PublisherConfig config) {
        List<String> declared = config.topics().stream()
                .map(TopicConfig::name)
                .distinct()
                .sorted()
                .toList();
        return new ClusterSource(config, TopicMeter.connect(config, declared), declared);
    }

    @Override
    public TopSample read() throws InterruptedException {
        SortedMap<String, TopicPosition> positions;
        try {
            positions = meter.read();
        } catch (StartException e) {
            throw new TopException(false, String.valueOf(e.getMessage()), e);
        }
        long nanos = System.nanoTime();
        List<TopSample.TopicCounts> topics = new ArrayList<>();
        for (Map.Entry<String, TopicPosition> each : positions.entrySet()) {
            TopicPosition position = each.getValue();
            topics.add(counts(config.shownName(each.getKey()), number(position.records()), number(position.bytes())));
        }
        List<String> notes = new ArrayList<>();
        declared.stream().filter(name -> !positions.containsKey(name)).forEach(name -> {
            topics.add(counts(config.shownName(name), null, null));
            notes.add("the topic " + config.shownName(name) + " does not exist, or this principal may not see it");
        });
        if (topics.isEmpty()) {
            notes.add("the cluster has no topic that this principal may see");
        }
        notes.add(FOOTER);
        return new TopSample(nanos, topics, List.of(), notes);
    }

    private static @Nullable Double number(@Nullable Long count) {
        return count == null ? null : (Double) count.doubleValue();
    }

    private static TopSample.TopicCounts counts(String topic, @Nullable Double records, @Nullable Double bytes) {
        return new TopSample.TopicCounts(topic, null, records, bytes, null, null, null, null, null, null);
    }

    @Override
    public void close() {
        meter.close();
    }
}
