// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's values as JSON that {@link AvroInput} reads back: a value of a union with one type besides null as it is,
 * one of several types as in Avro's JSON encoding, {@code {"type": value}}; bytes as {@code {"base64": "..."}}; logical
 * types as the type below them.
 */
final class AvroOutput {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AvroOutput() {}

    static JsonNode of(Schema schema, @Nullable Object value) {
        return switch (schema.getType()) {
            case RECORD -> value instanceof IndexedRecord record ? record(record) : text(value);
            case ARRAY -> value instanceof Collection<?> elements ? array(schema, elements) : text(value);
            case MAP -> value instanceof Map<?, ?> map ? map(schema, map) : text(value);
            case UNION -> union(schema, value);
            case FIXED -> value instanceof GenericFixed fixed ? ByteText.base64(fixed.bytes()) : text(value);
            case BYTES -> value instanceof ByteBuffer bytes ? ByteText.base64(ValueJson.bytes(bytes)) : text(value);
            case NULL -> NullNode.getInstance();
            case BOOLEAN -> value instanceof Boolean truth ? NODES.booleanNode(truth) : text(value);
            case INT, LONG, FLOAT, DOUBLE -> value instanceof Number number ? ValueJson.number(number) : text(value);
            case STRING, ENUM -> text(value);
        };
    }

    /** Also for values of logical types that a reader has converted. */
    private static JsonNode text(@Nullable Object value) {
        return value == null ? NullNode.getInstance() : NODES.textNode(value.toString());
    }

    private static JsonNode record(IndexedRecord record) {
        ObjectNode object = NODES.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), of(field.schema(), record.get(field.pos())));
        }
        return object;
    }

    private static JsonNode array(Schema schema, Collection<?> elements) {
        ArrayNode array = NODES.arrayNode();
        elements.forEach(element -> array.add(of(schema.getElementType(), element)));
        return array;
    }

    private static JsonNode map(Schema schema, Map<?, ?> map) {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, value) -> object.set(String.valueOf(key), of(schema.getValueType(), value)));
        return object;
    }

    private static JsonNode union(Schema schema, @Nullable Object value) {
        Schema branch = schema.getTypes().get(GenericData.get().resolveUnion(schema, value));
        JsonNode json = of(branch, value);
        boolean isPlain = branch.getType() == Schema.Type.NULL
                || schema.getTypes().stream()
                                .filter(type -> type.getType() != Schema.Type.NULL)
                                .count()
                        == 1;
        return isPlain ? json : NODES.objectNode().set(branch.getFullName(), json);
    }
}
