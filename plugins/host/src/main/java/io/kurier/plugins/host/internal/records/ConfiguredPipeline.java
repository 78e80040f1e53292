// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.ArrayHeaders;
import io.kurier.Message;
import io.kurier.Topic;
import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The pipeline that a connector's properties describe. A record without headers and schemas passes it as it is. */
final class ConfiguredPipeline implements RecordPipeline {
    /** More topics than a connector has, so that names from a transformation do not fill the heap. */
    private static final int MOST_TOPICS = 10_000;

    private final TransformationStep[] steps;
    private final Conversion keys;
    private final Conversion values;
    private final HeaderConversion headers;
    private final boolean usesHeaders;
    private final Map<String, Topic<Object, Object>> topics = new HashMap<>();
    private final Function<String, @Nullable Topic<?, ?>> declared;

    /**
     * Creates the pipeline.
     *
     * @param declared returns the topic that code declares under an alias, or null
     */
    ConfiguredPipeline(
            List<TransformationStep> steps,
            Conversion keys,
            Conversion values,
            HeaderConversion headers,
            Function<String, @Nullable Topic<?, ?>> declared) {
        this.steps = steps.toArray(TransformationStep[]::new);
        this.keys = keys;
        this.values = values;
        this.headers = headers;
        this.usesHeaders = keys.usesHeaders() || values.usesHeaders();
        this.declared = declared;
    }

    @Override
    public @Nullable Message<?, ?> message(SourceRecord record) throws RecordException, InterruptedException {
        SourceRecord current = record;
        for (TransformationStep step : steps) {
            current = step.apply(current);
            if (current == null) {
                return null;
            }
        }
        Topic<Object, Object> topic = topic(current);
        ArrayHeaders converted = usesHeaders || !current.headers().isEmpty() ? headers.headers(current) : null;
        Object key = keys.convert(current, converted, current.keySchema(), current.key());
        Object value = values.convert(current, converted, current.valueSchema(), current.value());
        List<Header> all = converted == null ? List.of() : List.of(converted.toArray());
        return message(topic, key, value, all, current);
    }

    private Message<?, ?> message(
            Topic<Object, Object> topic,
            @Nullable Object key,
            @Nullable Object value,
            List<Header> all,
            SourceRecord record)
            throws RecordException {
        try {
            return new Message<>(topic, key, value, all, record.kafkaPartition(), record.timestamp());
        } catch (IllegalArgumentException e) { // the name of a header that a converter added
            throw new RecordException(
                    Stage.HEADER_CONVERTER,
                    HeaderConversion.class,
                    "the record cannot become a message: " + RecordText.reason(e, record),
                    e);
        }
    }

    private Topic<Object, Object> topic(SourceRecord record) throws RecordException {
        String alias = record.topic();
        Topic<Object, Object> topic = alias == null ? null : topics.get(alias);
        return topic == null ? find(alias, record) : topic;
    }

    private Topic<Object, Object> find(@Nullable String alias, SourceRecord record) throws RecordException {
        if (alias == null) {
            throw unroutable("the record has no topic", new DataException("the record has no topic"));
        }
        try {
            Topic<Object, Object> found = topicOf(alias);
            if (topics.size() >= MOST_TOPICS) {
                topics.clear();
            }
            topics.put(alias, found);
            return found;
        } catch (IllegalArgumentException e) {
            throw unroutable("the record's topic is invalid: " + RecordText.reason(e, record), e);
        }
    }

    @SuppressWarnings("unchecked") // the publisher checks each key and value against the types
    private Topic<Object, Object> topicOf(String alias) {
        Topic<?, ?> inCode = declared.apply(alias);
        return inCode == null ? Topic.of(alias, Object.class, Object.class) : (Topic<Object, Object>) inCode;
    }

    private RecordException unroutable(String reason, Throwable cause) {
        return steps.length == 0
                ? new RecordException(Stage.TASK_POLL, SourceRecord.class, reason, cause)
                : new RecordException(Stage.TRANSFORMATION, steps[steps.length - 1].type(), reason, cause);
    }

    @Override
    public void close() {
        for (TransformationStep step : steps) {
            step.close();
        }
        keys.close();
        values.close();
        headers.close();
    }
}
