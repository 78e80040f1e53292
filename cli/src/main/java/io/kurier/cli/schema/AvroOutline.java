// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The outline of Avro schemas: named types, with their fields. */
final class AvroOutline {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SchemaOutline outline;
    private final Set<String> seen = new HashSet<>();

    AvroOutline(SchemaOutline outline) {
        this.outline = outline;
    }

    void add(Schema schema) {
        if (!isNamed(schema)) {
            outline.put("the schema", type(schema));
        }
        types(schema);
    }

    private static boolean isNamed(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> true;
            default -> false;
        };
    }

    /** Adds the named types of a schema. */
    private void types(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> {
                String symbols = "enum " + String.join(", ", schema.getEnumSymbols());
                String byDefault = schema.getEnumDefault() == null ? "" : " = " + schema.getEnumDefault();
                outline.put(schema.getFullName(), symbols + byDefault + aliases(schema.getAliases()));
            }
            case FIXED ->
                outline.put(
                        schema.getFullName(),
                        "fixed(" + schema.getFixedSize() + ")" + logical(schema) + aliases(schema.getAliases()));
            case ARRAY -> types(schema.getElementType());
            case MAP -> types(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::types);
            default -> {
                /* primitive types have no name */
            }
        }
    }

    private void record(Schema record) {
        if (!seen.add(record.getFullName())) {
            return;
        }
        outline.put(record.getFullName(), (record.isError() ? "error" : "record") + aliases(record.getAliases()));
        for (Schema.Field field : record.getFields()) {
            String byDefault = field.hasDefaultValue() ? " = " + json(field.defaultVal()) : "";
            outline.put(
                    record.getFullName() + "." + field.name(),
                    type(field.schema()) + byDefault + aliases(field.aliases()));
        }
        record.getFields().forEach(field -> types(field.schema()));
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getFullName();
            case ARRAY -> "array<" + type(schema.getElementType()) + ">";
            case MAP -> "map<" + type(schema.getValueType()) + ">";
            case UNION -> schema.getTypes().stream().map(AvroOutline::type).collect(Collectors.joining(" | "));
            default -> schema.getType().getName() + logical(schema);
        };
    }

    private static String logical(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical == null) {
            return "";
        }
        return logical instanceof LogicalTypes.Decimal decimal
                ? " (decimal " + decimal.getPrecision() + "." + decimal.getScale() + ")"
                : " (" + logical.getName() + ")";
    }

    private static String aliases(Set<String> aliases) {
        return aliases.isEmpty() ? "" : ", also " + String.join(", ", new TreeSet<>(aliases));
    }

    private static String json(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(plain(value));
        } catch (JsonProcessingException e) {
            return String.valueOf(value);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value == JsonProperties.NULL_VALUE) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, ISO_8859_1);
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(AvroOutline::plain).collect(Collectors.toList());
        }
        if (value instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            members.forEach((name, member) -> plain.put(String.valueOf(name), plain(member)));
            return plain;
        }
        return value;
    }
}
