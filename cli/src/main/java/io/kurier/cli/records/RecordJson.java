// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.ArrayHeaders;
import io.kurier.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The object of a record: {@code topic}, {@code partition}, {@code offset}, {@code timestamp} in milliseconds (null for
 * none), {@code key}, {@code value} (null for a tombstone), {@code headers} as an array of objects with {@code key} and
 * {@code value} in their order. Key and values of headers are as {@link ByteText} has bytes. A value that could not be
 * decoded is the bytes of the record, with the reason as {@code error}.
 */
public final class RecordJson {
    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String TIMESTAMP = "timestamp";
    private static final String KEY = "key";
    private static final String VALUE = "value";
    private static final String HEADERS = "headers";
    private static final String ERROR = "error";
    private static final Set<String> FIELDS = Set.of(TOPIC, PARTITION, OFFSET, TIMESTAMP, KEY, VALUE, HEADERS, ERROR);

    private RecordJson() {}

    /**
     * A record to publish.
     *
     * @param key null for a record without a key
     * @param value the JSON of the value; null for a tombstone
     * @param headers the headers in their order
     * @param partition null to let the key decide
     * @param timestamp in milliseconds since the epoch; null for the time of sending
     */
    public record Input(
            byte @Nullable [] key,
            @Nullable JsonNode value,
            List<Header> headers,
            @Nullable Integer partition,
            @Nullable Long timestamp) {
        /** Copies the headers. */
        public Input {
            headers = List.copyOf(headers);
        }
    }

    /** Returns the object of a record whose value is decoded. */
    public static ObjectNode of(ConsumerRecord<byte[], byte[]> record, JsonNode value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put(TOPIC, record.topic()).put(PARTITION, record.partition()).put(OFFSET, record.offset());
        if (record.timestamp() >= 0) {
            object.put(TIMESTAMP, record.timestamp());
        } else {
            object.putNull(TIMESTAMP);
        }
        object.set(KEY, ByteText.toJson(record.key()));
        object.set(VALUE, value);
        ArrayNode headers = object.putArray(HEADERS);
        for (Header header : record.headers()) {
            headers.addObject().put(KEY, header.key()).set(VALUE, ByteText.toJson(header.value()));
        }
        return object;
    }

    /** Returns the object of a record whose value cannot be decoded. */
    public static ObjectNode undecoded(ConsumerRecord<byte[], byte[]> record, String reason) {
        return of(record, ByteText.toJson(record.value())).put(ERROR, reason);
    }

    /** Returns the object of a blob that is not complete: its last record, and the reason. */
    public static ObjectNode undelivered(String topic, int partition, long offset, String reason) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(TOPIC, topic)
                .put(PARTITION, partition)
                .put(OFFSET, offset)
                .put(ERROR, reason);
    }

    /**
     * Reads an object.
     *
     * @throws UnfitException if it is none of a record that can be published; the message names fields only
     */
    public static Input parse(JsonNode json) {
        if (!json.isObject()) {
            throw new UnfitException("it is not the object of a record, as kurier read --json prints it");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new UnfitException("the object of a record has no field " + Printable.brief(name));
            }
        });
        if (json.has(ERROR)) {
            throw new UnfitException("the record was not decoded when it was read");
        }
        if (!json.has(VALUE)) {
            throw new UnfitException("the field value is missing; a tombstone has \"value\": null");
        }
        JsonNode value = json.get(VALUE);
        return new Input(
                ByteText.fromJson(json.path(KEY).isMissingNode() ? NULL : json.get(KEY), KEY),
                value.isNull() ? null : value,
                headers(json.path(HEADERS)),
                isAbsent(json, PARTITION) ? null : (int) number(json.get(PARTITION), PARTITION, Integer.MAX_VALUE),
                isAbsent(json, TIMESTAMP) ? null : number(json.get(TIMESTAMP), TIMESTAMP, Long.MAX_VALUE));
    }

    private static final JsonNode NULL = JsonNodeFactory.instance.nullNode();

    private static boolean isAbsent(JsonNode json, String field) {
        return !json.hasNonNull(field);
    }

    private static long number(JsonNode json, String field, long largest) {
        if (!json.isIntegralNumber()
                || !json.canConvertToLong()
                || json.longValue() < 0
                || json.longValue() > largest) {
            throw new UnfitException("the field " + field + " is not a whole number from 0 to " + largest);
        }
        return json.longValue();
    }

    private static List<Header> headers(JsonNode json) {
        List<Header> headers = new ArrayList<>();
        if (json.isMissingNode() || json.isNull()) {
            return headers;
        }
        if (!json.isArray()) {
            throw new UnfitException("the field headers is not an array of objects with key and value");
        }
        for (JsonNode each : json) {
            if (!each.isObject() || each.size() != 2 || !each.path(KEY).isTextual() || !each.has(VALUE)) {
                throw new UnfitException("an element of headers is not an object with a text as key, and a value");
            }
            String name = each.get(KEY).textValue();
            byte[] unused = ByteText.utf8(name, "the key of a header");
            headers.add(ArrayHeaders.header(name, ByteText.fromJson(each.get(VALUE), "the value of a header")));
        }
        return headers;
    }
}
