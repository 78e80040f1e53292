// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.transport.TopicManagement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The changes of the start in the cluster; none unless {@code topics.management=create}.
 *
 * @param missing topics to be created
 * @param small topics that have fewer partitions than declared, and are to get more
 */
record TopicChanges(List<TopicConfig> missing, List<TopicConfig> small) {

    static TopicChanges of(PublisherConfig config, TopicSnapshot snapshot) {
        if (config.management() != TopicManagement.CREATE) {
            return new TopicChanges(List.of(), List.of());
        }
        return new TopicChanges(
                config.topics().stream()
                        .filter(topic -> snapshot.isMissing(topic.name()))
                        .toList(),
                config.topics().stream()
                        .filter(topic -> TopicDiff.isToBeIncreased(
                                topic, config.management(), snapshot.topics().get(topic.name())))
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

    /** Checks what the cluster would refuse, and changes nothing. Returns the refusals, by topic. */
    Map<String, TopicError> rehearse(TopicAdmin cluster) {
        return run(cluster, true);
    }

    /** Changes the cluster, and returns what it has refused, by topic. */
    Map<String, TopicError> run(TopicAdmin cluster) {
        return run(cluster, false);
    }

    private Map<String, TopicError> run(TopicAdmin cluster, boolean validateOnly) {
        Map<String, TopicError> topicErrors = new TreeMap<>();
        if (!missing.isEmpty()) {
            topicErrors.putAll(cluster.create(missing, validateOnly));
        }
        if (!small.isEmpty()) {
            topicErrors.putAll(cluster.increase(small, validateOnly));
        }
        return topicErrors;
    }
}
