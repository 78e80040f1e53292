// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import java.util.Map;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The declared topics as the cluster described them at one time. A topic that is in neither {@code topics} nor
 * {@code topicErrors} is missing.
 *
 * @param topics the topics that exist, by name
 * @param configs the configs, by topic and key; only for topics that declare configs
 * @param topicErrors why a topic could not be described, by name
 */
record TopicSnapshot(
        Map<String, TopicDescription> topics,
        Map<String, Map<String, ConfigEntry>> configs,
        Map<String, TopicError> topicErrors) {

    boolean isMissing(String topic) {
        return !topics.containsKey(topic) && !topicErrors.containsKey(topic);
    }
}
