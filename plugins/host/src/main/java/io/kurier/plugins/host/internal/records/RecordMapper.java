// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.ArrayHeaders;
import io.kurier.Message;
import io.kurier.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.jspecify.annotations.Nullable;

/**
 * Converts a Connect record into a message. Values without a schema are the format's own and pass unchanged. Used by
 * one thread.
 */
public final class RecordMapper {
    private final Map<String, Topic<Object, Object>> topics = new HashMap<>();
    private final SimpleHeaderConverter headerConverter = new SimpleHeaderConverter();
    private final Function<String, @Nullable Topic<?, ?>> declared;

    /**
     * Creates a mapper.
     *
     * @param declared returns the topic that code declares under an alias, or null
     */
    public RecordMapper(Function<String, @Nullable Topic<?, ?>> declared) {
        this.declared = declared;
    }

    /** Returns the message of a record. */
    public Message<?, ?> message(SourceRecord record) {
        if (record.topic() == null) {
            throw new DataException("the connector made a record without a topic");
        }
        Topic<Object, Object> topic = topics.computeIfAbsent(record.topic(), this::topic);
        return new Message<>(
                topic,
                nativeValue(record.keySchema(), record.key()),
                nativeValue(record.valueSchema(), record.value()),
                headers(record),
                record.kafkaPartition(),
                record.timestamp());
    }

    @SuppressWarnings("unchecked") // the publisher checks each key and value against the types
    private Topic<Object, Object> topic(String alias) {
        Topic<?, ?> inCode = declared.apply(alias);
        return inCode == null ? Topic.of(alias, Object.class, Object.class) : (Topic<Object, Object>) inCode;
    }

    private static @Nullable Object nativeValue(@Nullable Schema schema, @Nullable Object value) {
        if (schema == null || value == null) {
            return value;
        }
        return switch (schema.type()) {
            case STRING -> value;
            case BYTES -> value instanceof ByteBuffer buffer ? bytesOf(buffer) : value;
            default ->
                throw new DataException("a record with a schema of type " + schema.type()
                        + " needs a converter, which this host does not run; use a connector that emits text, bytes or"
                        + " values without a schema");
        };
    }

    private List<org.apache.kafka.common.header.Header> headers(SourceRecord record) {
        if (record.headers().isEmpty()) {
            return List.of();
        }
        List<org.apache.kafka.common.header.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(ArrayHeaders.header(header.key(), headerBytes(record.topic(), header)));
        }
        return headers;
    }

    /**
     * Returns the header as Connect's default converter writes it, except for bytes, which that converter turns into
     * Base64.
     */
    private byte @Nullable [] headerBytes(String topic, Header header) {
        Object value = header.value();
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof ByteBuffer buffer) {
            return bytesOf(buffer);
        }
        return headerConverter.fromConnectHeader(topic, header.key(), header.schema(), value);
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
