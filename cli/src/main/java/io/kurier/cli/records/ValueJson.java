// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values that deserializers return to JSON. Records of Avro become objects as {@link AvroOutput} has them,
 * messages of Protobuf those of its JSON mapping; a value of any other class becomes its text. Used by one thread.
 */
public final class ValueJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    /** A topic with more message types than that makes printers anew. */
    private static final int KEPT_TYPES = 100;

    private final Map<Descriptor, JsonFormat.Printer> printers = new HashMap<>();

    /**
     * Returns a value as JSON.
     *
     * @throws UnfitException if it has no such form
     */
    public JsonNode of(@Nullable Object value) {
        if (value == null) {
            return NullNode.getInstance();
        }
        if (value instanceof JsonNode json) {
            return json;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof byte[] bytes) {
            return ByteText.toJson(bytes);
        }
        if (value instanceof Bytes bytes) {
            return ByteText.toJson(bytes.get());
        }
        if (value instanceof ByteBuffer buffer) {
            return ByteText.toJson(bytes(buffer));
        }
        if (value instanceof Message message) {
            return message(message);
        }
        if (value instanceof GenericContainer container) {
            return AvroOutput.of(container.getSchema(), container);
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, each) -> object.set(String.valueOf(key), of(each)));
            return object;
        }
        if (value instanceof Iterable<?> elements) {
            ArrayNode array = NODES.arrayNode();
            elements.forEach(each -> array.add(of(each)));
            return array;
        }
        return NODES.textNode(value.toString());
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Returns a number, or a text for those that JSON lacks: {@code NaN}, {@code Infinity}. */
    static JsonNode number(Number number) {
        if (number instanceof Double d) {
            return Double.isFinite(d) ? NODES.numberNode(d) : NODES.textNode(d.toString());
        }
        if (number instanceof Float f) {
            return Float.isFinite(f) ? NODES.numberNode(f) : NODES.textNode(f.toString());
        }
        if (number instanceof Byte || number instanceof Short || number instanceof Integer || number instanceof Long) {
            return NODES.numberNode(number.longValue());
        }
        if (number instanceof BigInteger integer) {
            return NODES.numberNode(integer);
        }
        return number instanceof BigDecimal decimal ? NODES.numberNode(decimal) : NODES.textNode(number.toString());
    }

    private JsonNode message(Message message) {
        Descriptor type = message.getDescriptorForType();
        if (printers.size() >= KEPT_TYPES) {
            printers.clear();
        }
        JsonFormat.Printer printer = printers.computeIfAbsent(
                type,
                known -> JsonFormat.printer()
                        .omittingInsignificantWhitespace()
                        .usingTypeRegistry(TypeRegistry.newBuilder().add(known).build()));
        try {
            return JsonText.parse(printer.print(message));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) { // an Any of a type that is not known
            throw new UnfitException(
                    "a message " + type.getFullName() + " has no JSON form: it has an Any of a type that"
                            + " the descriptor set lacks, or a well-known type with a value that is not valid");
        } catch (JsonProcessingException e) {
            throw new UnfitException("a message " + type.getFullName() + " has no JSON form that can be read");
        }
    }
}
