// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Describes violations of a JSON Schema by path and rule, such as {@code at $.items[2].count: minimum 1}. All of it is
 * from the schema: the messages of the library quote values, and a name that the schema does not declare is a value
 * too, which becomes {@code *}.
 */
final class Violations {
    /** Violations of one record in an error. */
    static final int SHOWN = 3;

    private static final int MAX_STEPS = 12;

    /** Longer ones, such as a long enum, are left out. */
    private static final int MAX_RULE = 60;

    private final Set<String> declared = new HashSet<>();

    Violations(JsonNode schema) {
        collect(schema);
    }

    private void collect(JsonNode schema) {
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            if (entry.getKey().equals("properties")) {
                declared.addAll(entry.getValue().propertyNames());
            }
            if (entry.getKey().equals("required")) {
                entry.getValue().forEach(name -> declared.add(name.asString()));
            }
        }
        schema.forEach(this::collect);
    }

    String describe(List<Error> found) {
        String first =
                found.stream().map(this::describe).distinct().limit(SHOWN).collect(Collectors.joining("; "));
        return found.size() > SHOWN ? first + "; and more" : first;
    }

    private String describe(Error error) {
        return "at " + path(error.getInstanceLocation()) + ": " + rule(error);
    }

    private String path(NodePath location) {
        StringBuilder path = new StringBuilder("$");
        int steps = location.getNameCount();
        for (int i = 0; i < Math.min(steps, MAX_STEPS); i++) {
            Object step = location.getElement(i);
            if (step instanceof Integer) {
                path.append('[').append(step).append(']');
            } else {
                path.append('.').append(declared.contains(String.valueOf(step)) ? step : "*");
            }
        }
        return path.append(steps > MAX_STEPS ? "..." : "").toString();
    }

    private String rule(Error error) {
        String keyword = error.getKeyword();
        String property = error.getProperty();
        if (keyword.equals("required")) {
            return keyword + " " + property;
        }
        if (keyword.equals("false")) {
            return "nothing is allowed here";
        }
        JsonNode value = error.getSchemaNode();
        if (value == null || (value.isContainer() && !keyword.equals("enum") && !keyword.equals("type"))) {
            return keyword;
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        return text.length() > MAX_RULE ? keyword : keyword + " " + text;
    }
}
