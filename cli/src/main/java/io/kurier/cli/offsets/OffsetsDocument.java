// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.offsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.Printable;
import io.kurier.plugins.host.internal.offsets.OffsetJson;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Source offsets as JSON. Those of one connector are what Connect's REST API returns and takes (KIP-875), {@code
 * {"offsets": [{"partition": {...}, "offset": {...}}]}}; those of several are {@code {"connectors": {"NAME": {"offsets":
 * [...]}}}}.
 */
public final class OffsetsDocument {
    private static final String CONNECTORS = "connectors";
    private static final String OFFSETS = "offsets";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";

    private OffsetsDocument() {}

    /** Returns the offsets of all connectors, with their names. */
    public static ObjectNode ofAll(Map<OffsetKey, Map<String, Object>> offsets) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode connectors = document.putObject(CONNECTORS);
        offsets.forEach((key, offset) -> add(
                connectors.has(key.connector())
                        ? (ArrayNode) connectors.get(key.connector()).get(OFFSETS)
                        : connectors.putObject(key.connector()).putArray(OFFSETS),
                key,
                offset));
        return document;
    }

    /** Returns offsets of one connector, without its name. */
    public static ObjectNode ofOne(Map<OffsetKey, Map<String, Object>> offsets) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode array = document.putArray(OFFSETS);
        offsets.forEach((key, offset) -> add(array, key, offset));
        return document;
    }

    private static void add(ArrayNode array, OffsetKey key, Map<String, Object> offset) {
        ObjectNode object = array.addObject();
        object.set(PARTITION, OffsetJson.object(key.partition()));
        object.set(OFFSET, OffsetJson.object(offset));
    }

    /**
     * Returns the offsets of either form. One of null forgets the partition, as in Connect.
     *
     * @param connector the connector whose offsets are meant; null if the document has to name them
     * @throws OffsetsInputException if it is none of the two forms, or does not have that connector
     */
    public static Map<OffsetKey, @Nullable Map<String, ?>> parse(byte[] content, @Nullable String connector) {
        Map<OffsetKey, @Nullable Map<String, ?>> offsets = new LinkedHashMap<>();
        JsonNode document;
        try {
            document = OffsetJson.parse(content);
        } catch (DataException e) {
            throw new OffsetsInputException(String.valueOf(e.getMessage()), e);
        }
        JsonNode connectors = document.path(CONNECTORS);
        if (document.path(OFFSETS).isArray()) {
            if (connector == null) {
                throw new OffsetsInputException(
                        "it does not say of which connector the offsets are; name that by --connector", null);
            }
            parse(document, connector, OFFSETS, offsets);
        } else if (connectors.isObject()) {
            if (connector != null && !connectors.has(connector)) {
                throw new OffsetsInputException("it has no connector " + Printable.brief(connector), null);
            }
            connectors.properties().forEach(one -> {
                if (connector == null || connector.equals(one.getKey())) {
                    String where = CONNECTORS + "." + Printable.brief(one.getKey()) + "." + OFFSETS;
                    parse(one.getValue(), one.getKey(), where, offsets);
                }
            });
        } else {
            throw new OffsetsInputException(
                    "it has neither \"" + OFFSETS + "\" with an array nor \"" + CONNECTORS + "\" with an object, as"
                            + " kurier offsets export writes them",
                    null);
        }
        return offsets;
    }

    private static void parse(
            JsonNode document, String connector, String where, Map<OffsetKey, @Nullable Map<String, ?>> offsets) {
        if (!document.path(OFFSETS).isArray()) {
            throw new OffsetsInputException(where + ": it is no array", null);
        }
        int index = 0;
        for (JsonNode each : document.path(OFFSETS)) {
            String at = where + "[" + index++ + "]";
            Map<String, Object> partition = map(each.path(PARTITION), at + "." + PARTITION);
            // Forgetting is asked for by null, and not by a name that is misspelled.
            boolean forgets = each.path(OFFSET).isNull();
            Map<String, Object> offset = forgets ? null : map(each.path(OFFSET), at + "." + OFFSET);
            if (offsets.containsKey(new OffsetKey(connector, partition))) {
                throw new OffsetsInputException(at + ": the source partition has an offset before already", null);
            }
            offsets.put(new OffsetKey(connector, partition), offset);
        }
    }

    private static Map<String, Object> map(JsonNode json, String where) {
        try {
            return OffsetJson.map(json);
        } catch (DataException e) {
            throw new OffsetsInputException(where + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the source partition that a user writes as JSON.
     *
     * @throws OffsetsInputException if it is no object with values that Connect takes
     */
    public static OffsetKey key(String connector, String partition) {
        try {
            return new OffsetKey(connector, OffsetJson.map(OffsetJson.parse(partition)));
        } catch (DataException e) {
            throw new OffsetsInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
