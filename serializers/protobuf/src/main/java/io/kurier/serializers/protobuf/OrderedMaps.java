// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sorts the maps of a {@link DynamicMessage} by their keys, the order in which a generated message writes them if
 * deterministic bytes are requested. A dynamic one ignores that: its maps are lists of entries.
 */
final class OrderedMaps {
    /** Field numbers of the message that represents an entry of a map (Protobuf's encoding guide, "Maps"). */
    private static final int ENTRY_KEY = 1;

    private OrderedMaps() {}

    /** Returns the same message with ordered maps, at any depth. */
    static Message in(Message message) {
        Message.Builder ordered = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                ordered.setField(field, inField(field, value));
            }
        });
        return ordered.buildPartial();
    }

    private static Object inField(FieldDescriptor field, Object value) {
        if (!field.isRepeated()) {
            return in((Message) value);
        }
        List<Message> elements =
                ((List<?>) value).stream().map(element -> in((Message) element)).toList();
        return field.isMapField() ? List.copyOf(byKey(elements).values()) : elements;
    }

    /** Of several entries with one key the last counts, as for every reader. */
    private static Map<Object, Message> byKey(List<Message> entries) {
        Map<Object, Message> ordered = new TreeMap<>(OrderedMaps::compareKeys);
        for (Message entry : entries) {
            ordered.put(entry.getField(entry.getDescriptorForType().findFieldByNumber(ENTRY_KEY)), entry);
        }
        return ordered;
    }

    /** Both are keys of one map, so they are of one type: whole numbers, booleans or strings. */
    private static int compareKeys(Object one, Object other) {
        if (one instanceof String text) {
            return text.compareTo((String) other);
        }
        if (one instanceof Boolean flag) {
            return flag.compareTo((Boolean) other);
        }
        return Long.compare(((Number) one).longValue(), ((Number) other).longValue());
    }
}
