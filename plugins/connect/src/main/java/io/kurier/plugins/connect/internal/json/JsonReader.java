// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON as data without a schema: maps, lists, text, booleans, and numbers that lose no digit. */
final class JsonReader {
    private JsonReader() {}

    static @Nullable Object data(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> null;
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(node.size());
                node.forEach(each -> list.add(data(each)));
                yield list;
            }
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                node.properties().forEach(each -> map.put(each.getKey(), data(each.getValue())));
                yield map;
            }
            default -> node.asText();
        };
    }

    private static Object number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? node.longValue() : node.decimalValue();
        }
        BigDecimal exact = node.decimalValue();
        double nearest = exact.doubleValue();
        boolean finite = !Double.isInfinite(nearest);
        return finite && BigDecimal.valueOf(nearest).compareTo(exact) == 0 ? (Object) nearest : exact;
    }
}
