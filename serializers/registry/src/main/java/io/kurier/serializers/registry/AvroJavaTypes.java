// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.internal.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The properties by which Avro's compiler chooses Java types, such as {@code avro.java.string}. Generated classes have
 * them in their schemas, and they are mostly not registered; they never change the bytes of a record.
 */
final class AvroJavaTypes {
    private static final Set<String> PROPERTIES =
            Set.of("avro.java.string", "java-class", "java-element-class", "java-key-class");

    private AvroJavaTypes() {}

    /**
     * Returns a schema without them; the text itself if it has none.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    static String without(String text) {
        if (PROPERTIES.stream().noneMatch(text::contains)) {
            return text;
        }
        return Json.compact(inside(Json.parse(text)));
    }

    private static Object inside(Object value) {
        if (value instanceof List<?> elements) {
            List<Object> copied = new ArrayList<>();
            elements.forEach(element -> copied.add(inside(element)));
            return copied;
        }
        if (!(value instanceof Map<?, ?> members)) {
            return value;
        }
        Map<String, Object> copied = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            if (!PROPERTIES.contains(name)) {
                // a default is a value, and not a schema
                copied.put((String) name, name.equals("default") ? member : inside(member));
            }
        });
        // Avro writes a type without properties by its name alone
        return copied.size() == 1 && copied.get("type") instanceof String type ? type : copied;
    }
}
