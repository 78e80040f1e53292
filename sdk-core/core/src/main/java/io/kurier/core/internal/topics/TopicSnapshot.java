// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import java.util.Map;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The declared topics as the cluster showed them at one moment. A topic that is in neither of the first two is missing.
 *
 * @param topics those that exist, by name
 * @param configs what they are configured with, by topic and key; only where configs are declared
 * @param topicErrors why a topic could not be looked at, by name
 */
record TopicSnapshot(
        Map<String, TopicDescription> topics,
        Map<String, Map<String, ConfigEntry>> configs,
        Map<String, TopicError> topicErrors) {

    boolean isMissing(String topic) {
        return !topics.containsKey(topic) && !topicErrors.containsKey(topic);
    }
}
