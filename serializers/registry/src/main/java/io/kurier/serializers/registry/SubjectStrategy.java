// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.spi.PayloadSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;

/** How a schema's subject is named. */
enum SubjectStrategy {
    TOPIC("topic", "TopicNameStrategy"),
    RECORD("record", "RecordNameStrategy"),
    TOPIC_RECORD("topic-record", "TopicRecordNameStrategy");

    private static final String CONFLUENTS_PACKAGE = "io.confluent.kafka.serializers.subject.";

    private final String text;
    private final String confluents;

    SubjectStrategy(String text, String confluents) {
        this.text = text;
        this.confluents = confluents;
    }

    /**
     * Returns the strategy of a name, or of the name of Confluent's class.
     *
     * @throws ConfigException if there is none
     */
    static SubjectStrategy of(String key, String name) {
        List<SubjectStrategy> all = Arrays.asList(values());
        return all.stream()
                .filter(each -> name.equals(each.text)
                        || name.equals(each.confluents)
                        || name.equals(CONFLUENTS_PACKAGE + each.confluents))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        key,
                        name,
                        "there is no such strategy. There are "
                                + String.join(
                                        ", ",
                                        all.stream().map(each -> each.text).toList())
                                + ", also by the names of Confluent's classes, such as " + CONFLUENTS_PACKAGE
                                + TOPIC.confluents));
    }

    /**
     * Returns a subject.
     *
     * @throws SerializationException if the schema has no name and the strategy needs it
     */
    String subject(String topic, boolean forKey, PayloadSchema schema) {
        if (this == TOPIC) {
            return topic + (forKey ? "-key" : "-value");
        }
        String name = schema.fullName();
        if (name == null || name.isEmpty()) {
            throw new SerializationException("the subject of a schema in the topic " + topic
                    + " cannot be named: subject.name.strategy is " + text
                    + ", which needs the name of a record or message, for JSON Schema its title, and this schema has"
                    + " none. Give it one, or choose the strategy topic");
        }
        return this == RECORD ? name : topic + "-" + name;
    }
}
