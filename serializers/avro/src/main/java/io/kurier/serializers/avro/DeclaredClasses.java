// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The classes that may be created for one generated class: itself and those that its own schema names, and no others.
 *
 * <p>Since 1.12.2 Avro refuses every class that is not named in {@code org.apache.avro.SERIALIZABLE_PACKAGES} or {@code
 * SERIALIZABLE_CLASSES}, because a schema that comes with the data could name any. Here the schema that names classes
 * belongs to a class that the application itself has named.
 */
final class DeclaredClasses extends SpecificData {
    private final Map<String, @Nullable Class<?>> byName = new HashMap<>();

    DeclaredClasses(Class<?> type, Schema schema) {
        super(type.getClassLoader());
        byName.put(schema.getFullName(), type);
        if (schema.getType() == Schema.Type.RECORD) {
            schema.getFields().forEach(field -> collect(field.schema()));
        }
        boolean decimals = takesDecimals();
        SpecificData.getForClass(type).getConversions().stream()
                .filter(conversion -> decimals || !(conversion instanceof Conversions.DecimalConversion))
                .forEach(this::addLogicalTypeConversion);
    }

    /**
     * Returns whether decimals are {@code BigDecimal}. By default the classes that Avro generates have the bytes of
     * decimals, and nevertheless the conversion to {@code BigDecimal}, whose result their fields cannot hold.
     */
    private boolean takesDecimals() {
        return byName.values().stream()
                .filter(Objects::nonNull)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field -> field.getGenericType().getTypeName())
                .anyMatch(type -> type.contains("java.math.BigDecimal") || type.contains("java.lang.Object"));
    }

    @Override
    public @Nullable Class<?> getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> byName.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }

    private void collect(Schema schema) {
        switch (schema.getType()) {
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            case RECORD -> {
                if (add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ENUM, FIXED -> add(schema);
            default -> {}
        }
    }

    /** Returns whether the type is a new one. A type without a generated class is read as a generic one, as in Avro. */
    private boolean add(Schema schema) {
        if (byName.containsKey(schema.getFullName())) {
            return false;
        }
        try {
            Class<?> type = Class.forName(getClassName(schema), false, getClassLoader());
            boolean generated = SpecificRecord.class.isAssignableFrom(type)
                    || SpecificFixed.class.isAssignableFrom(type)
                    || type.isEnum();
            byName.put(schema.getFullName(), generated ? type : null);
        } catch (ClassNotFoundException e) {
            byName.put(schema.getFullName(), null);
        }
        return true;
    }
}
