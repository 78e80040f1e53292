// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.topics;

import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.TopicConfig;
import io.kurier.core.config.TopicManagement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the start itself changes in the cluster; nothing unless {@code topics.management=create}.
 *
 * @param missing topics to be created
 * @param small topics that have fewer partitions than declared, and are to get more
 */
record Repair(List<TopicConfig> missing, List<TopicConfig> small) {

    static Repair of(PublisherConfig config, Look look) {
        if (config.management() != TopicManagement.CREATE) {
            return new Repair(List.of(), List.of());
        }
        return new Repair(
                config.topics().stream()
                        .filter(topic -> look.isMissing(topic.name()))
                        .toList(),
                config.topics().stream()
                        .filter(topic -> Comparison.isToBeIncreased(
                                topic, config.management(), look.topics().get(topic.name())))
                        .toList());
    }

    boolean isNothing() {
        return missing.isEmpty() && small.isEmpty();
    }

    List<String> topics() {
        return Stream.concat(missing.stream(), small.stream())
                .map(TopicConfig::name)
                .toList();
    }

    /** Hears what the cluster would refuse, and changes nothing. */
    Map<String, Refusal> rehearse(Cluster cluster) {
        return run(cluster, true);
    }

    /** Changes the cluster, and answers what it has refused, by topic. */
    Map<String, Refusal> run(Cluster cluster) {
        return run(cluster, false);
    }

    private Map<String, Refusal> run(Cluster cluster, boolean validateOnly) {
        Map<String, Refusal> refusals = new TreeMap<>();
        if (!missing.isEmpty()) {
            refusals.putAll(cluster.create(missing, validateOnly));
        }
        if (!small.isEmpty()) {
            refusals.putAll(cluster.increase(small, validateOnly));
        }
        return refusals;
    }
}
